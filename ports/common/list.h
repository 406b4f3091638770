/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Lists whose members have a pointer `next`, NULL in the last one. The macros use MEMBER more than
 * once.
 */
#ifndef PORTS_COMMON_LIST_H
#define PORTS_COMMON_LIST_H

/* Puts MEMBER at the end of the list that starts at *HEAD. */
#define list_append(head, member)              \
	do {                                   \
		__typeof__(head) at_ = (head); \
                                               \
		while (*at_)                   \
			at_ = &(*at_)->next;   \
		(member)->next = NULL;         \
		*at_ = (member);               \
	} while (0)

/* Takes MEMBER out of the list, if it is there. Its own `next` stays. */
#define list_remove(head, member)                \
	do {                                     \
		__typeof__(head) at_ = (head);   \
                                                 \
		while (*at_ && *at_ != (member)) \
			at_ = &(*at_)->next;     \
		if (*at_)                        \
			*at_ = (member)->next;   \
	} while (0)

#endif
