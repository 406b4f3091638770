/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port: what a device is in a process. The fields are the port's (ports/user/user.h, core/).
 */
#ifndef FERRY_PORT_TYPES_H
#define FERRY_PORT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USER_IRQS      4  /* of a device */
#define USER_SHOWN_MAX 32 /* bytes of the name that a class shows, with its end */

struct fy_driver;
struct user_world; /* devices that share a clock and can reach each other */
struct user_model;
struct user_tap;

struct user_irq {
	void (*handler)(void *arg); /* NULL: none attached */
	void *arg;
	unsigned calls; /* in a row, without time passing */
	bool told;	/* since the line went up */
};

/* What a driver may ask for, and a test have refused. */
enum user_call {
	USER_IRQ_ATTACH,
	USER_DMA_ALLOC,
	USER_GPIO_REQUEST,
	USER_GPIO_OFFER,
	USER_STREAM_OFFER,
	USER_RNG_OFFER,
	USER_I2C_OFFER,
	USER_I2C_TARGET_GET,
	USER_NET_OFFER,
	USER_SENSOR_OFFER,
	USER_RTC_OFFER,
	USER_CLASS_OFFER, /* of one of <ferry/port/offer.h> */
	USER_THREAD_START,
	USER_SPI_OFFER,
	USER_SPI_TARGET_GET,
	USER_CALLS,
};

struct user_refusal {
	unsigned skip; /* so many calls are not refused */
	int error;     /* 0: none is */
};

struct fy_device {
	void *state;
	/* the first window, when it is mapped; NULL: it is a model's, or there is none */
	volatile unsigned char *registers;
	struct user_world *world;
	const struct fy_driver *driver;
	/* of the world, in the order in which they were added */
	struct fy_device *next;
	char *name, *compatible;
	unsigned index;		    /* among the driver's devices of the world */
	const char *label;	    /* its property of that name; NULL: it has none */
	char shown[USER_SHOWN_MAX]; /* what a class shows: see user_shown_name() */
	struct user_model *model;   /* NULL: none */
	/* who sees, and may change, each access to the model; NULL: nobody */
	struct user_tap *tap;
	/* where interrupts of mapped registers come from; NULL: they do not */
	struct user_uio *uio;
	struct user_resource *resources; /* that it was given */
	struct user_window *windows;	 /* NULL: one, which has all registers */
	void *pages;			 /* where they are mapped */
	size_t pages_size;
	unsigned irqs; /* how many interrupts it has */
	struct user_irq irq[USER_IRQS];
	unsigned long irq_calls; /* of handlers, ever */
	struct user_refusal refusals[USER_CALLS];
	struct user_node *node; /* its properties, and children */
	struct user_wire *wires;
	/* of a target: the device that offers its bus, and its address there; NULL: on none */
	char *bus_name;
	uint32_t bus_address;
	struct fy_i2c_bus *bus;	    /* once its driver has asked */
	struct fy_spi_bus *spi_bus; /* likewise */
	int host_fd;		    /* of a bus of the host's; 0: it is none */
	struct user_dma *memory;
	bool running; /* probe succeeded */
	bool suspended;
	int error;	 /* of the last probe */
	unsigned probed; /* as which one of the world it was */
};

#endif
