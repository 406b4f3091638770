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
 * The back end: the real lines. LINE is below the number given to virtio_gpio_init(). Each op
 * returns a negative number on failure (not the client's line, not possible): then the guest's
 * request fails.
 */
struct virtio_gpio_ops {
	int (*set_input)(void *arg, unsigned line);
	/* Makes LINE an output, at LEVEL from the start. */
	int (*set_output)(void *arg, unsigned line, int level);
	/* The guest releases LINE, which was an input or an output. */
	int (*release)(void *arg, unsigned line);
	/* The level at LINE, 0 or 1. */
	int (*get)(void *arg, unsigned line);
	/* Sets the level of the output LINE. */
	int (*set)(void *arg, unsigned line, int level);
	/*
	 * Enables events: virtio_gpio_event() is to be called when LINE matches TRIGGER
	 * (VIRTIO_GPIO_IRQ_...); NONE disables them. A level trigger is set only while the guest
	 * has unmasked the interrupt, and is cleared at the first event, so one call per level is
	 * enough. The event may come from within this op. NULL: no interrupts; VIRTIO_GPIO_F_IRQ is
	 * not offered.
	 */
	int (*set_trigger)(void *arg, unsigned line, unsigned trigger);
};

/* The model's state of a line. The caller provides one for each. */
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
/* LINE matched its trigger. From the thread of the device. */
void virtio_gpio_event(struct virtio_gpio *gpio, unsigned line);

/*
 * Restores LINE of a device that was just reset from the state in an earlier process: DIRECTION,
 * the output's LEVEL, its interrupt TRIGGER. Any numbers are allowed. It calls the ops; state that
 * they refuse is not restored.
 */
void virtio_gpio_restore(struct virtio_gpio *gpio, unsigned line, unsigned direction,
			 unsigned level, unsigned trigger);

#endif
