/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the selftest's driver flash-id has found. */
#ifndef SELFTEST_FLASH_ID_H
#define SELFTEST_FLASH_ID_H

#include <ferry/driver.h>

struct flash_id_results {
	bool probed;
	int wait_error;
	uint8_t waited[6];
	volatile unsigned requests; /* that are over */
	int request_error;
	uint8_t requested[6];
};
extern struct flash_id_results flash_id_results;

#endif
