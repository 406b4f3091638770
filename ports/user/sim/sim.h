/* SPDX-License-Identifier: GPL-2.0-only */
/* What a simulated world has beside the user port's, for the files of ferry-sim. */
#ifndef PORTS_USER_SIM_H
#define PORTS_USER_SIM_H

#include "../../../include/ferry-sim.h"
#include "../user.h"

#define SIM_PINS_MAX 64 /* of a device: their levels are bits of a word */

/* One that watches the pins of a model. */
struct sim_watch {
	struct user_pin_watch watch;
	struct sim_watch *next;
	unsigned pin;
	void (*changed)(void *arg, unsigned pin, int level, uint64_t time);
	void *arg;
	struct ferry_sim_device *to; /* a wire's end */
	unsigned to_pin;
};

struct sim_record {
	struct user_pin_watch watch;
	struct sim_record *next;
	unsigned pin;
	struct ferry_sim_edge *edges;
	size_t count, room;
};

struct sim_fault {
	struct sim_fault *next;
	struct ferry_sim_fault fault;
	unsigned long seen; /* accesses that it could have hit */
};

struct ferry_sim_gpio {
	struct fy_gpio pin;
	struct ferry_sim_gpio *next;
	struct ferry_sim_device *dev;
};

struct ferry_sim_writer {
	struct ferry_sim_writer *next;
	struct ferry_sim *sim;
	struct user_session *session;
	bool ready;
	unsigned long ready_calls;
};

struct ferry_sim_device {
	struct ferry_sim_device *next;
	struct ferry_sim *sim;
	struct fy_device *dev;
	struct user_model *model; /* NULL: none */
	/* of a model that is no other device's: a test's own, and pins without registers */
	struct user_model_kind kind;
	const struct ferry_sim_model *own; /* NULL: the model is not the test's */
	void *own_arg;
	struct user_tap tap;
	struct sim_fault *faults;
	unsigned long accesses, faulty;
	void (*seen)(void *arg, const struct ferry_sim_access *access);
	void *seen_arg;
	struct sim_watch *watches;
	struct sim_record *records;
	struct ferry_sim_gpio *gpios;
	struct sim_sensor *sensor; /* its recording; NULL: none yet */
	struct user_rtc_watch alarm_watch;
	unsigned alarms;
	struct ferry_sim_input *inputs; /* recorded */
	size_t input_count, input_room;
	struct sim_spi_target *own_spi_targets; /* on the bus that it is */
};

struct ferry_sim {
	struct user_world *world;
	struct ferry_sim_device *devices;
	struct ferry_sim_writer *writers;
	struct ferry_sim_log *log;
	size_t log_count, log_room;
};

/* Ends the program unless RC is 0. */
void sim_must(int rc);
/* Memory, zeroed: or the program ends. */
void *sim_memory(size_t size);
/* ROOM elements of SIZE at WHERE become more. */
void *sim_more(void *where, size_t *room, size_t size);

void sim_log(void *arg, struct fy_device *dev, enum user_log_level level, const char *text);
void sim_free_log(struct ferry_sim *sim);
void sim_tap(struct ferry_sim_device *dev);
/* A device without a model. NULL: NAME is taken. */
struct ferry_sim_device *sim_add(struct ferry_sim *sim, const struct fy_driver *driver,
				 const char *name);
/* Gives it a model of KIND, which is used until the world is gone. */
void sim_set_model(struct ferry_sim_device *dev, const struct user_model_kind *kind);
void sim_free_pins(struct ferry_sim_device *dev);
void sim_free_gpios(struct ferry_sim_device *dev);
void sim_free_writers(struct ferry_sim *sim);
void sim_free_sensor(struct ferry_sim_device *dev);
void sim_free_inputs(struct ferry_sim_device *dev);
void sim_free_spi_targets(struct ferry_sim_device *dev);

#endif
