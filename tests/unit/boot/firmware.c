// SPDX-License-Identifier: GPL-2.0-only
/*
 * The firmware's part takes the files that the firmware would, makes of them what it would, and
 * tells what it left out; on files in memory.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/firmware.h"
#include "dts.h"
#include "memory-files.h"

#define MOST_FILES 12

static const char base_source[] = "/dts-v1/; / { compatible = \"raspberrypi,model-zero\"; aliases "
				  "{ serial0 = &uart0; }; chosen { };"
				  " soc { gpio: gpio { }; uart0: serial { compatible = "
				  "\"arm,pl011\"; }; i2c1: i2c@1 { status = \"disabled\"; }; };"
				  " __overrides__ { i2c1 = <&i2c1>,\"status\"; }; };";

static const char plain_source[] = "/dts-v1/; / { soc { gpio: gpio { }; i2c1: i2c { }; }; };";

static const char led_source[] =
	"/dts-v1/; /plugin/; / { fragment@0 { target-path = \"/\"; __overlay__ { led: led { gpios "
	"= <&gpio 17 0>; }; }; };"
	" __overrides__ { pin = <&led>,\"gpios:4\"; low = <&led>,\"gpios:8\"; }; };";

static const char bus_source[] =
	"/dts-v1/; /plugin/; / { fragment@0 { target = <&i2c_arm>; __overlay__ { hit; }; }; };";

static struct blob base, nolabels, plain, led, bus;
static uint8_t arm_kernel[64], arm64_kernel[64];

static struct memory_file list[MOST_FILES];
static struct memory_files partition = MEMORY_FILES(list);
static struct payload payload;
static struct error err;

static int setup_group(void **state)
{
	base = dts_compile(base_source);
	plain = dts_compile(plain_source);
	nolabels = dts_compile("/dts-v1/; / { soc { }; };");
	led = dts_compile(led_source);
	bus = dts_compile(bus_source);
	memcpy(arm_kernel + 36, "\x18\x28\x6f\x01", 4);
	memcpy(arm64_kernel + 56, "ARM\x64", 4);
	return 0;
}

static int teardown_group(void **state)
{
	free(base.data);
	free(plain.data);
	free(nolabels.data);
	free(led.data);
	free(bus.data);
	return 0;
}

static int setup(void **state)
{
	memset(list, 0, sizeof(list));
	return 0;
}

static int teardown(void **state)
{
	payload_free(&payload);
	return 0;
}

static void add(const char *path, const void *data, size_t len)
{
	size_t i = 0;

	while (list[i].path && strcmp(list[i].path, path))
		i++;
	assert_true(i < MOST_FILES - 1);
	list[i] = (struct memory_file){ path, data, len };
}

/* The partition that most tests start from. */
static void add_usual(const char *config)
{
	add("config.txt", config, 0);
	add("cmdline.txt", "console=serial0 rw\n", 0);
	add("kernel.img", arm_kernel, sizeof(arm_kernel));
	add("bcm2708-rpi-zero.dtb", base.data, base.len);
	add("overlays/led.dtbo", led.data, led.len);
	add("initrd.img", "initrd", 6);
}

static int load(const char *board)
{
	payload_free(&payload);
	err.text[0] = '\0';
	return firmware_load(&payload, board_find(board), &partition.files, &err);
}

static void loads(const char *board)
{
	if (load(board) < 0)
		fail_msg("%s", err.text);
}

static void the_defaults_are_taken_without_config_txt(void **state)
{
	add_usual("");
	list[0].path = "other";
	loads("rpi-zero");
	assert_string_equal(payload.kernel_name, "kernel.img");
	assert_int_equal(payload.kernel_len, 64);
	assert_memory_equal(payload.kernel, arm_kernel, 64);
	assert_false(payload.aarch64);
	assert_string_equal(payload.dtb_name, "bcm2708-rpi-zero.dtb");
	assert_int_equal(fdt_check_full(payload.dtb, payload.dtb_len), 0);
	assert_null(payload.initrd);
	assert_string_equal(payload.cmdline, "console=ttyAMA0 rw");
	assert_int_equal(payload.notices.count, 0);
}

static void debians_config_txt_boots(void **state)
{
	add_usual("enable_uart=1\nupstream_kernel=1\n\nkernel=vmlinuz-6.12\n# comment\ninitramfs "
		  "initrd.img\n");
	add("vmlinuz-6.12", arm_kernel, sizeof(arm_kernel));
	add("bcm2835-rpi-zero.dtb", plain.data, plain.len);
	loads("rpi-zero");
	assert_string_equal(payload.kernel_name, "vmlinuz-6.12");
	assert_string_equal(payload.dtb_name, "bcm2835-rpi-zero.dtb");
	assert_string_equal(payload.initrd_name, "initrd.img");
	assert_int_equal(payload.initrd_len, 6);
	assert_memory_equal(payload.initrd, "initrd", 6);
	assert_int_equal(payload.notices.count, 0);
}

static void the_upstream_overlay_mends_a_downstream_devicetree(void **state)
{
	add_usual("upstream_kernel=1\n");
	add("overlays/upstream.dtbo", led.data, led.len);
	loads("rpi-zero");
	assert_string_equal(payload.dtb_name, "bcm2708-rpi-zero.dtb");
	assert_true(fdt_path_offset(payload.dtb, "/led") > 0);
}

static void overlays_take_their_parameters(void **state)
{
	struct devicetree tree;

	add_usual("dtoverlay=led,pin=4\ndtparam=low=1,i2c_arm=on\ndtdebug=1\n");
	loads("rpi-zero");
	assert_int_equal(devicetree_open(&tree, payload.dtb, payload.dtb_len, NULL), 0);
	assert_int_equal(cell(&tree, "/led", "gpios", 0), phandle(&tree, "/soc/gpio"));
	assert_int_equal(cell(&tree, "/led", "gpios", 1), 4);
	assert_int_equal(cell(&tree, "/led", "gpios", 2), 1);
	assert_string_equal(text(&tree, "/soc/i2c@1", "status"), "okay");
	devicetree_close(&tree);
	assert_int_equal(payload.notices.count, 1);
	assert_string_equal(payload.notices.text[0], "overlay overlays/led.dtbo is applied");
}

static void an_empty_dtoverlay_ends_the_scope(void **state)
{
	struct devicetree tree;

	add_usual("dtoverlay=led\ndtoverlay=\ndtparam=pin=4\ndtparam=i2c\n");
	loads("rpi-zero");
	assert_int_equal(devicetree_open(&tree, payload.dtb, payload.dtb_len, NULL), 0);
	assert_int_equal(cell(&tree, "/led", "gpios", 1), 17);
	assert_string_equal(text(&tree, "/soc/i2c@1", "status"), "okay");
	devicetree_close(&tree);
	assert_int_equal(payload.notices.count, 1);
	assert_string_equal(
		payload.notices.text[0],
		"config.txt:3: parameter 'pin' is not known to the devicetree: ignored");
}

static void overlays_know_the_arms_i2c_bus(void **state)
{
	add_usual("device_tree_overlay=bus\n");
	add("overlays/bus.dtbo", bus.data, bus.len);
	loads("rpi-zero");
	assert_non_null(
		fdt_getprop(payload.dtb, fdt_path_offset(payload.dtb, "/soc/i2c@1"), "hit", NULL));
}

static void an_overlay_for_another_devicetree_is_left_out(void **state)
{
	add_usual("dtoverlay=bus,speed=1\n");
	add("overlays/bus.dtbo", bus.data, bus.len);
	add("bcm2708-rpi-zero.dtb", nolabels.data, nolabels.len);
	loads("rpi-zero");
	assert_int_equal(payload.notices.count, 1);
	assert_string_equal(payload.notices.text[0],
			    "config.txt:1: overlay overlays/bus.dtbo needs label 'i2c_arm', which "
			    "the devicetree does not have: left out");
}

static void what_does_not_suit_is_told_and_left_out(void **state)
{
	add_usual("dtoverlay=gone,x=1\ndtoverlay=led,pin=many,pim=4\ninitramfs gone.img "
		  "followkernel\ncmdline=gone.txt\n");
	loads("rpi-zero");
	assert_true(has_notice(&payload.notices,
			       "config.txt:1: overlay 'overlays/gone.dtbo' is not on the "
			       "boot partition: left out"));
	assert_true(has_notice(&payload.notices,
			       "config.txt:2: parameter 'pin': 'many' is not a number: ignored"));
	assert_true(has_notice(
		&payload.notices,
		"config.txt:2: parameter 'pim' is known neither to overlays/led.dtbo nor"));
	assert_true(
		has_notice(&payload.notices, "initramfs 'gone.img' is not on the boot partition"));
	assert_true(has_notice(&payload.notices,
			       "command line 'gone.txt' is not on the boot partition"));
	assert_int_equal(payload.notices.count, 5);
	assert_null(payload.initrd_name);
	assert_string_equal(payload.cmdline, "");
}

static void parameters_of_an_upstream_devicetree_are_told(void **state)
{
	add_usual("dtparam=i2c_arm=on\n");
	add("bcm2708-rpi-zero.dtb", plain.data, plain.len);
	loads("rpi-zero");
	assert_true(has_notice(
		&payload.notices,
		"config.txt:1: parameter 'i2c_arm' is not known to the devicetree, which has no "
		"parameters: ignored"));
}

static void initramfs_files_are_joined(void **state)
{
	add_usual("ramfsfile=initrd.img,more.img\n");
	add("more.img", "MORE", 4);
	loads("rpi-zero");
	assert_int_equal(payload.initrd_len, 10);
	assert_memory_equal(payload.initrd, "initrdMORE", 10);
	assert_string_equal(payload.initrd_name, "initrd.img,more.img");
	add("config.txt", "auto_initramfs=1\n", 0);
	add("initramfs", "auto", 4);
	loads("rpi-zero");
	assert_string_equal(payload.initrd_name, "initramfs");
	assert_memory_equal(payload.initrd, "auto", 4);
}

static void os_prefix_leads_to_another_system(void **state)
{
	add_usual("os_prefix=two/\ndtoverlay=led\n");
	add("two/kernel.img", "bare metal", 10);
	loads("rpi-zero"); /* no devicetree there: not viable */
	assert_string_equal(payload.kernel_name, "kernel.img");
	assert_true(has_notice(
		&payload.notices,
		"config.txt:1: os_prefix 'two/' does not lead to a kernel and a devicetree"));
	add("two/bcm2708-rpi-zero.dtb", base.data, base.len);
	add("two/cmdline.txt", "two", 3);
	loads("rpi-zero"); /* no README: overlays are shared */
	assert_string_equal(payload.kernel_name, "two/kernel.img");
	assert_string_equal(payload.cmdline, "two");
	assert_int_equal(payload.notices.count, 0);
	add("two/overlays/README", "x", 1);
	loads("rpi-zero");
	assert_true(has_notice(&payload.notices,
			       "'two/overlays/led.dtbo' is not on the boot partition"));
}

static void an_absolute_path_bypasses_os_prefix(void **state)
{
	add_usual("os_prefix=a-long-prefix/\nkernel=/k\ncmdline=/cmdline.txt\nauto_initramfs=1\n");
	add("k", "bare metal", 10);
	add("a-long-prefix/bcm2708-rpi-zero.dtb", base.data, base.len);
	loads("rpi-zero");
	assert_string_equal(payload.kernel_name, "k");
	assert_string_equal(payload.dtb_name, "a-long-prefix/bcm2708-rpi-zero.dtb");
	assert_string_equal(payload.cmdline, "console=ttyAMA0 rw");
}

static void device_tree_chooses_or_forgoes_the_devicetree(void **state)
{
	add_usual("device_tree=\n");
	loads("rpi-zero");
	assert_null(payload.dtb);
	assert_null(payload.dtb_name);
	assert_int_equal(payload.notices.count, 0);
	add("config.txt", "device_tree=my.dtb\n", 0);
	add("my.dtb", plain.data, plain.len);
	loads("rpi-zero");
	assert_string_equal(payload.dtb_name, "my.dtb");
	add("config.txt", "device_tree=none.dtb\n", 0);
	loads("rpi-zero");
	assert_null(payload.dtb);
	assert_true(
		has_notice(&payload.notices, "devicetree 'none.dtb' is not on the boot partition"));
}

static void sixty_four_bits_follow_the_board_and_the_names(void **state)
{
	add("kernel7.img", arm_kernel, sizeof(arm_kernel));
	add("kernel8.img", arm64_kernel, sizeof(arm64_kernel));
	loads("rpi-3");
	assert_string_equal(payload.kernel_name, "kernel7.img");
	assert_false(payload.aarch64);
	loads("rpi-4");
	assert_string_equal(payload.kernel_name, "kernel8.img");
	assert_true(payload.aarch64);
	add("config.txt", "arm_64bit=1\n", 0);
	loads("rpi-3");
	assert_string_equal(payload.kernel_name, "kernel8.img");
	assert_true(payload.aarch64);
	add("config.txt", "kernel=kernel7.img\n", 0);
	loads("rpi-4");
	assert_false(payload.aarch64);
	add("config.txt", "arm_64bit=1\n", 0);
	add("kernel.img", arm_kernel, sizeof(arm_kernel));
	loads("rpi-zero");
	assert_false(payload.aarch64);
	assert_true(has_notice(
		&payload.notices,
		"asks for a 64-bit kernel, which a Raspberry Pi Zero cannot run: ignored"));
}

static void a_kernel_in_the_wrong_state_is_an_error(void **state)
{
	add("kernel.img", arm64_kernel, sizeof(arm64_kernel));
	assert_int_equal(load("rpi-zero"), -1);
	assert_non_null(strstr(err.text, "kernel kernel.img is a 64-bit one"));
	add("kernel8.img", arm_kernel, sizeof(arm_kernel));
	assert_int_equal(load("rpi-4"), -1);
	assert_non_null(strstr(err.text, "kernel kernel8.img is a 32-bit one"));
	add("kernel.img", "\x1f\x8b\x08 packed", 10);
	assert_int_equal(load("rpi-zero"), -1);
	assert_non_null(strstr(err.text, "packed with gzip"));
	add("kernel8.img", "\x1f\x8b\x08 packed", 10);
	assert_int_equal(load("rpi-4"), -1);
	assert_non_null(strstr(err.text, "kernel kernel8.img: is a damaged gzip file"));
}

static void without_a_kernel_there_is_an_error(void **state)
{
	assert_int_equal(load("rpi-zero"), -1);
	assert_string_equal(err.text, "the boot partition has no kernel for a Raspberry Pi Zero: "
				      "'kernel.img' is not there: "
				      "add it, or name another with kernel= in config.txt");
	add("config.txt", "kernel=vmlinuz\n", 0);
	assert_int_equal(load("rpi-zero"), -1);
	assert_non_null(strstr(err.text, "'vmlinuz' is not there"));
}

static void damaged_devicetrees_and_overlays_are_errors(void **state)
{
	add_usual("dtoverlay=led\n");
	add("overlays/led.dtbo", led.data, led.len - 9);
	assert_int_equal(load("rpi-zero"), -1);
	assert_non_null(
		strstr(err.text, "overlay overlays/led.dtbo: is not a sound flattened devicetree"));
	add("overlays/led.dtbo", "no devicetree", 0);
	assert_int_equal(load("rpi-zero"), -1);
	add("bcm2708-rpi-zero.dtb", base.data, base.len / 2);
	assert_int_equal(load("rpi-zero"), -1);
	assert_non_null(strstr(
		err.text, "devicetree bcm2708-rpi-zero.dtb: is not a sound flattened devicetree"));
}

static void a_mini_uart_console_needs_enable_uart(void **state)
{
	add("kernel7.img", arm_kernel, sizeof(arm_kernel));
	add("cmdline.txt", "console=ttyS1,115200", 0);
	loads("rpi-3");
	assert_true(has_notice(&payload.notices, "a real board needs enable_uart=1"));
	add("config.txt", "enable_uart=1\n", 0);
	loads("rpi-3");
	assert_false(has_notice(&payload.notices, "enable_uart"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_defaults_are_taken_without_config_txt),
		TEST(debians_config_txt_boots),
		TEST(the_upstream_overlay_mends_a_downstream_devicetree),
		TEST(overlays_take_their_parameters),
		TEST(an_empty_dtoverlay_ends_the_scope),
		TEST(overlays_know_the_arms_i2c_bus),
		TEST(an_overlay_for_another_devicetree_is_left_out),
		TEST(what_does_not_suit_is_told_and_left_out),
		TEST(parameters_of_an_upstream_devicetree_are_told),
		TEST(initramfs_files_are_joined),
		TEST(os_prefix_leads_to_another_system),
		TEST(an_absolute_path_bypasses_os_prefix),
		TEST(device_tree_chooses_or_forgoes_the_devicetree),
		TEST(sixty_four_bits_follow_the_board_and_the_names),
		TEST(a_kernel_in_the_wrong_state_is_an_error),
		TEST(without_a_kernel_there_is_an_error),
		TEST(damaged_devicetrees_and_overlays_are_errors),
		TEST(a_mini_uart_console_needs_enable_uart),
	};

	return cmocka_run_group_tests_name("firmware", tests, setup_group, teardown_group);
}
