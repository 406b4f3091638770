/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port: the contract's errors and the kernel's, one table both ways. */
#ifndef PORTS_LINUX_ERROR_H
#define PORTS_LINUX_ERROR_H

#include <linux/errno.h>
#include <linux/kernel.h>
#include <ferry/driver.h>

static const struct {
	int fy, errno;
} fy_errors[] = {
	/* clang-format off */
	{ FY_ERR_INVALID,	-EINVAL },
	{ FY_ERR_AGAIN,		-EAGAIN },
	{ FY_ERR_BUSY,		-EBUSY },
	{ FY_ERR_BUSY,		-EEXIST },
	{ FY_ERR_NOT_FOUND,	-ENOENT },
	{ FY_ERR_DEFER,		-EPROBE_DEFER },
	{ FY_ERR_NO_MEMORY,	-ENOMEM },
	{ FY_ERR_IO,		-EIO },
	{ FY_ERR_TIMEOUT,	-ETIMEDOUT },
	{ FY_ERR_UNSUPPORTED,	-EOPNOTSUPP },
	{ FY_ERR_GONE,		-ENODEV },
	/* clang-format on */
};

/*
 * A kernel's error, or 0 or more, as the contract has it; errors that have no counterpart are
 * FY_ERR_IO.
 */
static inline int fy_error_from_errno(int errno)
{
	if (errno >= 0)
		return errno;
	for (int i = 0; i < ARRAY_SIZE(fy_errors); i++)
		if (fy_errors[i].errno == errno)
			return fy_errors[i].fy;
	return FY_ERR_IO;
}

/* The contract's error, or 0 or more, as the kernel has it. */
static inline int fy_error_to_errno(int error)
{
	if (error >= 0)
		return error;
	for (int i = 0; i < ARRAY_SIZE(fy_errors); i++)
		if (fy_errors[i].fy == error)
			return fy_errors[i].errno;
	return -EIO;
}

#endif
