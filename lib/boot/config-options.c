// SPDX-License-Identifier: GPL-2.0-only
/* The table of config.txt's options: see config-options.h. */
#include "boot/config-options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NAME 40
#define LARGEST_SLIP 2 /* letters changed, added, left out or swapped */

/* clang-format off */
static const char *const used[] = {
	"arm_64bit", "auto_initramfs", "cmdline", "device_tree", "device_tree_overlay",
	"device_tree_param", "disable_commandline_tags", "dtdebug", "dtoverlay", "dtparam",
	"enable_uart", "include", "initramfs", "kernel", "kernel_address", "kernel_old",
	"os_prefix", "overlay_prefix", "ramfsfile", "upstream_kernel",
};

static const char *const idle[] = {
	/* loading: QEMU chooses the other addresses, and the firmware's own files are not run */
	"arm_control", "arm_peri_high", "armstub", "boot_delay", "boot_delay_ms",
	"boot_load_flags", "boot_ramdisk", "bootcode_delay", "bootloader_update",
	"device_tree_address", "device_tree_end", "disable_l2cache", "enable_gic",
	"eeprom_write_protect", "erase_eeprom", "fixup_file", "pciex4_reset", "ramfsaddr",
	"recovery_wait", "set_reboot_arg1",
	"set_reboot_order", "sha256", "start_debug", "start_file", "start_x", "total_mem",
	"uart_2ndstage",
	/* board */
	"avoid_fix_ts", "avoid_warnings", "camera_auto_detect", "disable_camera_led",
	"disable_fw_kms_setup", "disable_poe_fan", "disable_pvt", "display_auto_detect",
	"enable_jtag_gpio", "enable_rp1_uart", "enable_tvout", "force_eeprom_read", "gpio",
	"init_uart_baud", "init_uart_clock", "ignore_lcd", "logging_level", "max_usb_current",
	"mask_gpu_interrupt0", "mask_gpu_interrupt1", "otg_mode", "power_force_3v3_pwm",
	"program_serial_random", "program_usb_boot_mode", "program_usb_boot_timeout",
	"safe_mode_gpio", "usb_max_current_enable",
	/* memory */
	"cma_lwm", "cma_hwm", "cma_offline_start", "gpu_mem", "gpu_mem_1024", "gpu_mem_256",
	"gpu_mem_512",
	/* clocks and voltages */
	"arm_boost", "arm_freq", "arm_freq_min", "core_freq", "core_freq_fixed", "core_freq_min",
	"current_limit_override", "disable_auto_turbo", "force_turbo", "gpu_freq", "gpu_freq_min",
	"h264_freq", "h264_freq_min", "hevc_freq", "hevc_freq_min", "initial_turbo", "isp_freq",
	"isp_freq_min", "never_over_voltage", "over_voltage", "over_voltage_avs",
	"over_voltage_avs_boost", "over_voltage_delta", "over_voltage_min", "over_voltage_sdram",
	"over_voltage_sdram_c", "over_voltage_sdram_i", "over_voltage_sdram_p", "sdram_freq",
	"sdram_freq_min", "sdram_schmoo", "temp_limit", "temp_soft_limit", "v3d_freq",
	"v3d_freq_min",
	/* picture and sound */
	"audio_pwm_mode", "cec_osd_name", "config_hdmi_boost", "decode_MPG2", "decode_WVC1",
	"disable_audio_dither", "disable_overscan", "disable_splash", "disable_touchscreen",
	"display_default_lcd", "display_hdmi_rotate", "display_lcd_rotate", "display_rotate",
	"dispmanx_offline", "dpi_group", "dpi_mode", "dpi_output_format", "dpi_timings",
	"edid_content_type", "enable_audio_dither", "enable_dpi_lcd", "extra_transpose_buffer",
	"framebuffer_depth", "framebuffer_height", "framebuffer_ignore_alpha",
	"framebuffer_priority", "framebuffer_swap", "framebuffer_width", "hdmi_blanking",
	"hdmi_channel_map", "hdmi_clock_change_limit", "hdmi_cvt", "hdmi_drive", "hdmi_edid_file",
	"hdmi_edid_filename", "hdmi_enable_4kp60", "hdmi_force_cec_address", "hdmi_force_edid_3d",
	"hdmi_force_edid_audio", "hdmi_force_hotplug", "hdmi_force_mode", "hdmi_group",
	"hdmi_ignore_cec", "hdmi_ignore_cec_init", "hdmi_ignore_composite", "hdmi_ignore_edid",
	"hdmi_ignore_edid_audio", "hdmi_ignore_hotplug", "hdmi_max_pixel_freq", "hdmi_mode",
	"hdmi_pixel_encoding", "hdmi_pixel_freq_limit", "hdmi_safe", "hdmi_timings",
	"hvs_priority", "lcd_framerate", "lcd_rotate", "max_framebuffer_height",
	"max_framebuffer_width", "max_framebuffers", "overscan_bottom", "overscan_left",
	"overscan_right", "overscan_scale", "overscan_top", "pause_burst_frames", "sdtv_aspect",
	"sdtv_disable_colourburst", "sdtv_mode", "test_mode",
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The name without a port. */
static size_t stem(const char *name)
{
	return strcspn(name, ":");
}

static int contains(const char *const *table, size_t count, const char *name)
{
	size_t len = stem(name);

	for (size_t i = 0; i < count; i++)
		if (strlen(table[i]) == len && memcmp(table[i], name, len) == 0)
			return 1;
	return 0;
}

enum option_kind config_option_kind(const char *name)
{
	if (contains(used, COUNT(used), name))
		return OPTION_USED;
	return contains(idle, COUNT(idle), name) ? OPTION_IDLE : OPTION_UNKNOWN;
}

static int least(int a, int b, int c)
{
	int ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* How many single letters must change to turn A into B, two swapped neighbours counted as one. */
static int distance(const char *a, size_t a_len, const char *b)
{
	int row[3][LONGEST_NAME + 1];
	size_t b_len = strlen(b);
	int *before = row[0], *above = row[1], *now = row[2], *spare;

	for (size_t j = 0; j <= b_len; j++)
		above[j] = (int)j;
	for (size_t i = 1; i <= a_len; i++) {
		now[0] = (int)i;
		for (size_t j = 1; j <= b_len; j++) {
			now[j] = least(above[j] + 1, now[j - 1] + 1,
				       above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], now[j], before[j - 2] + 1);
		}
		spare = before;
		before = above;
		above = now;
		now = spare;
	}
	return above[b_len];
}

static void search(const char *const *table, size_t count, const char *name, int *best,
		   const char **nearest)
{
	size_t len = stem(name);

	for (size_t i = 0; i < count; i++) {
		size_t other = strlen(table[i]);
		int slips;

		if (len > other + LARGEST_SLIP || other > len + LARGEST_SLIP)
			continue;
		slips = distance(name, len, table[i]);
		if (slips < *best) {
			*best = slips;
			*nearest = table[i];
		}
	}
}

const char *config_option_nearest(const char *name)
{
	const char *nearest = NULL;
	int best = LARGEST_SLIP + 1;

	if (stem(name) < 3 || stem(name) > LONGEST_NAME)
		return NULL;
	search(used, COUNT(used), name, &best, &nearest);
	search(idle, COUNT(idle), name, &best, &nearest);
	return nearest;
}
