/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the network interfaces that drivers offer (<ferry/net.h>): frames. NAME is
 * that of the device in the board's table, or fy_name(); NULL: the first interface. Calls
 * return 0; FY_ERR_NOT_FOUND: there is no such interface; or what the driver says.
 */
#ifndef FERRY_APP_NET_H
#define FERRY_APP_NET_H

#include <ferry/app.h>
#include <ferry/net.h>

/* The app as the user of an interface; it stays valid while that is started. */
struct bare_net_user {
	/* A frame came, which is the driver's again after the call. Context: any. */
	void (*received)(void *arg, const void *frame, size_t len);
	void *arg;
};

/* Starts it, for one user. FY_ERR_BUSY: it has one. Context: thread. */
int fy_net_start(const char *name, bool promiscuous, const struct bare_net_user *user);
/* Stops it; harmless on one that is not started. Context: thread. */
void fy_net_stop(const char *name);
/*
 * Sends a frame of FY_NET_FRAME_MIN to _MAX bytes, and waits while there is no room for it.
 * FY_ERR_GONE: it is not started; FY_ERR_INVALID: the frame is too long or too short. Context:
 * thread.
 */
int fy_net_send(const char *name, const void *frame, size_t len);
/* Its address and its link: ->address, ->up; NULL: there is no such interface. */
struct fy_net *fy_net_find(const char *name);

#endif
