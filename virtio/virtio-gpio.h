/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * virtio-gpio (Virtual I/O Device specification 1.3, section 5.18): lines with directions, values,
 * names and interrupts.
 */
#ifndef VIRTIO_GPIO_H
#define VIRTIO_GPIO_H

#include "virtio-device.h"

enum {
	VIRTIO_GPIO_F_IRQ = 0,
	VIRTIO_GPIO_REQUEST_QUEUE = 0,
	VIRTIO_GPIO_EVENT_QUEUE = 1,
};

enum virtio_gpio_direction {
	VIRTIO_GPIO_NONE,
	VIRTIO_GPIO_OUT,
	VIRTIO_GPIO_IN,
};

/*
 * Interrupt types: the edges are bits of the same values as the contract's enum fy_gpio_trigger,
 * and so are the levels.
 */
enum {
	VIRTIO_GPIO_IRQ_NONE = 0,
	VIRTIO_GPIO_IRQ_RISING = 1,
	VIRTIO_GPIO_IRQ_FALLING = 2,
	VIRTIO_GPIO_IRQ_BOTH = 3,
	VIRTIO_GPIO_IRQ_HIGH = 4,
	VIRTIO_GPIO_IRQ_LOW = 8,
};

/*
 * The lines that stand behind it. LINE is below the number given to virtio_gpio_init(). Each
 * returns a negative number on failure (not the client's line, not possible): the guest is told
 * that its request failed.
 */
struct virtio_gpio_ops {
	int (*set_input)(void *arg, unsigned line);
	/* Makes LINE an output that is at LEVEL from its first moment on. */
	int (*set_output)(void *arg, unsigned line, int level);
	/* The guest is done with LINE, which was an input or an output. */
	int (*release)(void *arg, unsigned line);
	/* The level at LINE, 0 or 1. */
	int (*get)(void *arg, unsigned line);
	/* Sets the level of the output LINE. */
	int (*set)(void *arg, unsigned line, int level);
	/*
	 * Has virtio_gpio_event() called when LINE does what TRIGGER (VIRTIO_GPIO_IRQ_...) says;
	 * NONE ends that. A level trigger is set only while the guest is ready for it, and taken
	 * back at the first event: it need be called only once. It may be called from within this
	 * call. NULL: no interrupts; VIRTIO_GPIO_F_IRQ is not offered.
	 */
	int (*set_trigger)(void *arg, unsigned line, unsigned trigger);
};

/* What the model remembers of a line. The caller provides one for each. */
struct virtio_gpio_line {
	uint8_t direction; /* enum virtio_gpio_direction */
	uint8_t level;	   /* as an output, now or when it becomes one */
	uint8_t trigger;   /* VIRTIO_GPIO_IRQ_...: enabled */
	/* an edge came while masked, or an event while the queue was stopped */
	bool latched;
	/* set_trigger() is being called for a level that the guest waits for */
	bool arming;
	bool unmasked; /* `event` is the guest's buffer that waits for an interrupt */
	struct virtio_chain event;
	struct virtio_segment segment[1];
};

struct virtio_gpio {
	struct virtio_device device;
	const struct virtio_gpio_ops *ops;
	void *arg;
	struct virtio_gpio_line *line;
	const char *names;
	uint32_t names_size;
	uint16_t lines;
	bool held; /* events came while the event queue was stopped */
	unsigned char config[8];
};

/*
 * Makes *GPIO a device with LINES lines (1 to 65535), described by the array LINE. NAMES is NULL,
 * or a name for each line one after the other, each with its terminating zero byte (an empty one
 * for none), NAMES_SIZE bytes in all; it must stay. Then call virtio_device_connect().
 */
void virtio_gpio_init(struct virtio_gpio *gpio, struct virtio_gpio_line *line, uint16_t lines,
		      const char *names, uint32_t names_size, const struct virtio_gpio_ops *ops,
		      void *arg);
/* LINE did what its trigger says. From the thread of the device. */
void virtio_gpio_event(struct virtio_gpio *gpio, unsigned line);

/*
 * Makes LINE of a device that was just reset what it was in a process before this one: DIRECTION,
 * the output's LEVEL, its interrupt TRIGGER; any numbers will do. Calls the ops for it; what they
 * refuse, the line is not.
 */
void virtio_gpio_restore(struct virtio_gpio *gpio, unsigned line, unsigned direction,
			 unsigned level, unsigned trigger);

#endif
