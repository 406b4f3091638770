// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module with the faults that leaks.t is to find: `insmod faulty.ko fault=overrun`. It is loaded
 * last, to know that what was not found before was not there.
 */
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static char *fault = "lose";
module_param(fault, charp, 0);

static DEFINE_SPINLOCK(one);

/*
 * Of each kind of memory, so much that it is missed after 100 loads; kmemleak knows nothing of
 * whole pages.
 */
static void lose(void)
{
	(void)!alloc_pages(GFP_KERNEL, 1);
	(void)!kmalloc(1000, GFP_KERNEL);
	(void)!vmalloc(1000);
	(void)!__alloc_percpu(1000, 8);
}

static void overrun(void)
{
	char *p = kmalloc(40, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(p);
	if (p)
		p[40] = 1;
	kfree(p);
}

static void use_after_free(void)
{
	char *p = kzalloc(40, GFP_KERNEL);

	kfree(p);
	OPTIMIZER_HIDE_VAR(p);
	if (p)
		WRITE_ONCE(p[3], 1);
}

static void sleep_in_atomic(void)
{
	spin_lock(&one);
	kfree(kmalloc(10, GFP_KERNEL));
	spin_unlock(&one);
}

static const struct {
	const char *name;
	void (*commit)(void);
} faults[] = {
	{ "lose", lose },
	{ "overrun", overrun },
	{ "use-after-free", use_after_free },
	{ "sleep", sleep_in_atomic },
};

static int __init faulty_init(void)
{
	for (int i = 0; i < ARRAY_SIZE(faults); i++) {
		if (!strcmp(fault, faults[i].name)) {
			faults[i].commit();
			return 0;
		}
	}
	return -EINVAL;
}
module_init(faulty_init);

static void __exit faulty_exit(void)
{
}
module_exit(faulty_exit);

MODULE_DESCRIPTION("Faults, to test what finds them");
MODULE_LICENSE("GPL");
