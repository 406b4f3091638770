/* SPDX-License-Identifier: GPL-2.0-only */
/* What is in a world, for the files of the core. */
#ifndef PORTS_USER_CORE_WORLD_H
#define PORTS_USER_CORE_WORLD_H

#include "../user.h"

#include <ferry/port/stream-ring.h>
#include "work-core.h"

/* A device's pin, as its property FUNCTION-gpios has it. */
struct user_wire {
	struct user_wire *next;
	char *function, *controller;
	unsigned index; /* of the function's pins */
	unsigned pin;
	bool active_low;
};

/* A writer of a stream (user-stream.c). */
struct user_session {
	struct user_session *next;
	struct user_world *world;
	struct fy_stream *stream; /* NULL: it is gone */
	void (*ready)(void *arg);
	void *arg;
	bool wake;		    /* READY is to be called */
	struct fy_stream_ring ring; /* what came in; no bytes: the stream is only written */
	_Alignas(16) unsigned char state[];
};

struct user_uio {
	struct user_fd watch;
	bool pending; /* the handler has not run yet */
};

struct user_world {
	enum user_clock clock;
	uint64_t now; /* of a virtual clock */
	uint64_t lateness;
	/* looks at clock and registers since the world last came from outside */
	unsigned spins;
	struct fy_timer *timers; /* of drivers and outlets */
	struct fy_timer *events; /* of models */

	unsigned depth;	   /* calls from outside that are not back yet */
	bool handling;	   /* a handler of a timer or an interrupt is running */
	unsigned locks;	   /* held */
	unsigned lines_up; /* interrupt lines of all models */
	bool wakes;	   /* some session's READY is to be called */

	struct fy_device *devices;
	unsigned probes; /* that succeeded, ever */
	struct user_model *models;
	struct fy_gpio_controller *controllers;
	struct fy_stream *streams;
	struct fy_rng *rngs;
	struct fy_net *nets;
	struct fy_i2c_bus *buses;
	struct fy_sensor *sensors;
	struct fy_rtc *rtcs;
	struct fy_offer *offers; /* of other classes */
	struct fy_spi_bus *spi_buses;
	uint32_t next_bus; /* address for memory of devices */
	/* how much of it drivers have, in bytes, and how much they may have */
	size_t dma_used, dma_limit;

	struct fy_port_fiber *fibers; /* idle ones too; those first that may go on first */
	struct fy_port_fiber *fiber;  /* that has the processor; NULL: none */
	struct work_list work;

	struct user_fd **fds; /* watched; NULL: one that has gone since */
	size_t fd_count, fd_room;
	struct pollfd *polled, *polled_in_wait;
	size_t polled_room, polled_in_wait_room;
	bool quit;
	int status;

	user_log_handler *log;
	void *log_arg;
	unsigned long violations;
};

/* The world that the running driver belongs to: the contract's calls do not say. */
extern _Thread_local struct user_world *user_current;

/*
 * All that comes into a world from outside is between these. At the end of the outermost,
 * interrupts that wait are handled, and writers of streams woken. Returns what user_leave() wants
 * back.
 */
struct user_world *user_enter(struct user_world *w);
void user_leave(struct user_world *w, struct user_world *before);

/* Calls the handlers of interrupt lines that are up, unless they are kept out at the moment. */
void user_interrupts(struct user_world *w);
/* Between the two, a handler of a driver runs; the first returns what the second wants back. */
bool user_enter_handler(struct user_world *w);
void user_leave_handler(struct user_world *w, bool before);
/*
 * A driver's thread waits: time goes on until *WAKES is not SEEN. Returns false: it is still SEEN
 * at the time END, or the caller may not wait, or nothing is left that could change it.
 */
bool user_wait(struct user_world *w, const volatile unsigned *wakes, unsigned seen, uint64_t end);

/* Calls the handler IRQ of DEV. */
void user_call_handler(struct user_world *w, struct fy_device *dev, struct user_irq *irq);
/* Time has passed: a line that was given up on may be tried again. */
void user_interrupts_forgive(struct user_world *w);
/* A virtual clock goes on to TIME, and models with it. */
void user_advance(struct user_world *w, uint64_t time);
/*
 * A driver that looks at the clock or a register again and again waits for something: lets time
 * pass.
 */
void user_spin(struct user_world *w);
/* Calls the handler of the first timer in QUEUE, if that is due at NOW. Returns whether it was. */
bool user_run_timer(struct user_world *w, struct fy_timer **queue, uint64_t now);
/* Stops all timers of the device's driver. */
void user_device_stop_timers(struct fy_device *dev);
/* When the next timer is due; UINT64_MAX: there is none. */
uint64_t user_next_due(const struct user_world *w);
/* The same of all timers but outlets': they go on while a driver waits. */
uint64_t user_next_due_in_wait(const struct user_world *w);
bool user_run_timer_in_wait(struct user_world *w, uint64_t now);

/* ---- Fibers ---- */

/*
 * Has FUNCTION(ARG) run on a fiber, when user_fibers_run() comes to it. NULL: out of memory.
 */
struct fy_port_fiber *user_fiber_start(struct user_world *w, void (*function)(void *arg),
				       void *arg);
/*
 * Runs those that may go on, for a while; the world is entered. Nothing happens when a fiber calls
 * this, in a handler, or under a lock.
 */
void user_fibers_run(struct user_world *w);
/* Whether one may go on. */
bool user_fibers_ready(const struct user_world *w);
/* How long those that may go on again and again run, in virtual time, until others have a turn. */
#define USER_FIBERS_NS 1000
/* A wait, on the stack of who waits: over when *WAKES is not SEEN, or the timer has expired. */
struct user_wait {
	const volatile unsigned *wakes;
	unsigned seen;
	volatile bool expired;
	struct fy_timer timer;
};
static inline bool user_wait_is_over(const struct user_wait *wait)
{
	return *wait->wakes != wait->seen || wait->expired;
}
/* The running fiber gives the processor up until WAIT is over. */
void user_fiber_wait(struct user_world *w, struct user_wait *wait);
/* What it waits for; NULL: nothing. */
struct user_wait *user_fiber_waits_for(const struct fy_port_fiber *fiber);
/* Frees one that is in the middle of something, and all of them. */
void user_fiber_abandon(struct user_world *w, struct fy_port_fiber *fiber);
void user_fibers_free(struct user_world *w);

/* Whether a work of the device is started or running; whether a thread of it has not returned. */
bool user_device_has_work(const struct fy_device *dev);
bool user_device_has_thread(const struct fy_device *dev);
/* Ends them wherever they are. */
void user_device_abandon_work(struct fy_device *dev);

/*
 * Waits for the descriptors that are watched, NS at the most. Returns how many of them there are to
 * look at; out of memory, none.
 */
size_t user_wait_fds(struct user_world *w, uint64_t ns);
/* Has those of the first COUNT handled that are ready. Returns whether any was. */
bool user_handle_fds(struct user_world *w, size_t count);
/* Both, for those of drivers alone: while a driver waits, from within a call of an outlet's. */
void user_poll_driver_fds(struct user_world *w, uint64_t ns);

/* Whether the world has several devices of its driver. */
bool user_device_is_numbered(const struct fy_device *dev);
/* What its log lines begin with, written to NAME if need be; "" for none. */
const char *user_log_name(const struct fy_device *dev, char *name, size_t size);
/*
 * What a class shows of the device for the NAME that it offers, as <ferry/driver.h> says; NULL: it
 * is empty or has more than USER_SHOWN_MAX - 1 characters. It is in the device, for one class.
 */
const char *user_shown_name(struct fy_device *dev, const char *name);

/*
 * Makes a node of that name without properties; NULL: out of memory. Frees one, and its children.
 */
struct user_node *user_node_new(const char *name);
void user_node_free(struct user_node *node);

/* What a test wants that the device's driver gets for this call; 0: nothing in particular. */
int user_refused(struct fy_device *dev, enum user_call call);
void user_violation(struct user_world *w, struct fy_device *dev, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * Has the UIO device at PATH make DEV's interrupt 0. Returns 0, FY_ERR_NOT_FOUND with errno, or
 * FY_ERR_NO_MEMORY.
 */
int user_uio_open(struct fy_device *dev, const char *path);
void user_uio_close(struct fy_device *dev); /* harmless where there is none */
/* Its handler has run: the kernel may tell of the next. */
void user_uio_done(struct fy_device *dev);
/* A driver that has gone has disabled its clocks and supplies. */
void user_resources_expect_off(struct fy_device *dev);
void user_resources_free(struct fy_device *dev);
void user_windows_free(struct fy_device *dev);
void user_unmap(struct fy_device *dev);
void user_dma_free(struct fy_device *dev);
/* Frees its properties and wires. */
void user_device_forget(struct fy_device *dev);

#endif
