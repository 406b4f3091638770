# SPDX-License-Identifier: GPL-2.0-only
# Figures, as ratios against a named peer in the same run where there is one. No test depends on them.
BENCH_RUNS ?= 21
# One for each kernel.
BENCH_LINUX_BOARDS = $(shell scripts/boards packages)

.PHONY: bench
#: make bench                     measure: images, module sizes, tones, the bare metal, the user port, the demo
bench: tool image $(OUT)/modules/hello.ko bench-bare bench-user | $O/.setup-bench
	@echo '== ferry image against genimage'
	$Qbench/image $O/tool/ferry $(STAGE) $(BENCH_RUNS)
	@echo '== hello.ko against one written by hand'
	$Qfor board in $(BENCH_LINUX_BOARDS); do $(MAKE) -s --no-print-directory bench-module BOARD=$$board || exit; done
	@echo '== tones'
	$Qbench/tones $O/tool/ferry $(OUT)/sdcard.img $(BOARD)
	@echo "== a kernel from source against Debian's"
	$Qif [ -e $O/kernel/rpi-zero/source/ready ]; then \
		$(MAKE) -s --no-print-directory image BOARD=rpi-zero KERNEL=source >/dev/null && \
		bench/kernel $O/tool/ferry output/rpi-zero/sdcard.img output/rpi-zero-source/sdcard.img 5; \
	else echo 'left out: not built; run make image BOARD=rpi-zero KERNEL=source'; fi
	@echo '== the demo, by phase'
	$Qbench/demo $(BOARD)

# Builds an app of $(1), in a directory of its own for each $$board.
bench_app = $(MAKE) -s app APP=$(notdir $(1)) APP_DIR=$(1) APP_OUT=$O/bench/$$board/$(notdir $(1)) BOARD=$$board >/dev/null
BENCH_BOARDS = $(shell scripts/boards app-config.txt)

.PHONY: bench-bare
#: make bench-bare                measure the bare-metal port alone
bench-bare: tool image $O/bench/count.so | $O/.setup-bench
	@echo '== what the contract costs on the bare metal'
	$Qfor board in rpi-zero:3 rpi-4:4; do \
		shift=$${board#*:} board=$${board%:*}; \
		$(call bench_app,bench/contract-app) && \
		bench/contract $O/tool/ferry $$board $$shift $O/bench/$$board/contract-app/kernel*.img || exit; \
	done
	@echo '== blink, with Ferry and by hand'
	$Qfor board in $(BENCH_BOARDS); do \
		$(call bench_app,apps/blink) && $(call bench_app,apps/blink-minimal) && \
		$(MAKE) -s bench-blink APP=blink-minimal BOARD=$$board || exit; \
	done
	@echo '== how soon an app starts'
	$Qfor board in $(BARE_BOARDS); do \
		$(call bench_app,bench/start-app) && \
		bench/start $O/tool/ferry $$board $O/bench/count.so $O/bench/$$board/start-app/kernel*.elf || exit; \
	done
	@echo '== the beeper on Linux and on the bare metal'
	$Qboard=rpi-zero; $(call bench_app,apps/beep) && \
		bench/ports $O/tool/ferry output/$$board/sdcard.img $O/bench/$$board/beep/kernel.img

.PHONY: bench-user
#: make bench-user                measure the user port alone
bench-user: tool $O/tool/programs/bcm2835-gpio $O/bench/sim $O/bench/count.so | $O/.setup-bench
	@echo '== virtqueues against DPDK'
	$Qbench/virtqueue $O/bench/virtqueue
	@echo '== one set of a gpio line over vhost-user'
	$Qboard=virt; $(call bench_app,bench/vhost-gpio-app) && \
		bench/vhost-gpio $O/tool/ferry $O/tool/programs/bcm2835-gpio $O/bench/count.so $O/bench/$$board/vhost-gpio-app/kernel8.img
	@echo '== ferry-sim: drivers in virtual time'
	$Q$O/bench/sim

# For one board, with the options that app.mk has for the app.
.PHONY: bench-blink
bench-blink: $(APP_OBJ_DIR)/image.elf
	$Qbench/blink $(BOARD) $< $O/bench/$(BOARD)/blink/$(BARE_IMAGE:.img=.elf) '$(BARE_CC) $(BARE_CFLAGS)' \
		'$(BARE_LINK) -Wl,--build-id=none -Wl,--section-start=.text=$(BARE_LOAD_ADDRESS)'

HOW_bench-count = $(CC) $(CPPFLAGS_TOOL) $(CFLAGS_TOOL) -O2 -shared -fvisibility=hidden
$O/bench/count.so: bench/count.c lib/pins/qemu-plugin-abi.h $O/how/bench-count | $O/.setup-build
	$Qmkdir -p $(@D)
	$Q$(HOW_bench-count) -o $@ $<

.PHONY: bench-module
bench-module: $(IMAGE) $(OUT)/modules/hello.ko $O/tool/ferry | $O/.setup-bench
	$Qbench/module $O/tool/ferry $(BOARD) $(IMAGE) $(OUT)/modules/hello.ko $$(echo $(KDIR_GLOB)) $(BOARD_CROSS_COMPILE)
