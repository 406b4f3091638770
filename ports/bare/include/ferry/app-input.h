/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the keys, encoders and switches that drivers offer (<ferry/input.h>). NAME is
 * that of the device in the board's table, or fy_name(); NULL: the first one.
 */
#ifndef FERRY_APP_INPUT_H
#define FERRY_APP_INPUT_H

#include <ferry/app.h>
#include <ferry/input.h>

/*
 * HANDLER gets what the device reports, from an interrupt; NULL: nobody. Returns 0, or
 * FY_ERR_NOT_FOUND: there is none of that name. Context: thread.
 */
int fy_input_watch(const char *name, fy_input_handler *handler, void *arg);
/* A handler that prints a line on the console: "key 30: 1". */
void fy_input_print(void *arg, enum fy_input_type type, uint16_t code, int32_t value, bool last);

#endif
