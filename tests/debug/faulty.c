// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module with the faults that the debug kernel is to find: `insmod faulty.ko fault=leak`. leaks.t loads it last, to know that what
 * it did not find before was not there.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

static char *fault = "";
module_param(fault, charp, 0);

static DEFINE_SPINLOCK(one);
static DEFINE_SPINLOCK(other);

static void leak(void)
{
	for (int i = 0; i < 10; i++)
		(void)!kmalloc(1000, GFP_KERNEL);
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

static void lock_order(void)
{
	spin_lock(&one);
	spin_lock(&other);
	spin_unlock(&other);
	spin_unlock(&one);
	spin_lock(&other);
	spin_lock(&one);
	spin_unlock(&one);
	spin_unlock(&other);
}

static const struct {
	const char *name;
	void (*commit)(void);
} faults[] = {
	{ "leak", leak },
	{ "overrun", overrun },
	{ "use-after-free", use_after_free },
	{ "sleep", sleep_in_atomic },
	{ "lock-order", lock_order },
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
