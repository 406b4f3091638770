# SPDX-License-Identifier: GPL-2.0-only
# Figures, as ratios against a named peer in the same run where there is one. No test depends on them.
BENCH_RUNS ?= 21

.PHONY: bench
#: make bench                     measure: images, module sizes, tones, the demo
bench: tool image $(OUT)/modules/hello.ko | $O/.setup-bench
	@echo '== ferry image against genimage'
	$Qbench/image $O/tool/ferry $(STAGE) $(BENCH_RUNS)
	@echo '== hello.ko against one written by hand'
	$Qbench/module-size $(OUT)/modules/hello.ko $$(echo $(KDIR_GLOB)) $(BOARD_CROSS_COMPILE)
	@echo '== tones'
	$Qbench/tones $O/tool/ferry $(OUT)/sdcard.img $(BOARD)
	@echo '== what the contract costs on the bare metal'
	$Qfor board in rpi-zero:3:kernel.img rpi-4:4:kernel8.img; do \
		name=$${board%%:*} rest=$${board#*:}; \
		$(MAKE) -s app APP=contract APP_DIR=bench/contract-app APP_OUT=$O/bench/$$name BOARD=$$name >/dev/null && \
		bench/contract $O/tool/ferry $$name $${rest%%:*} $O/bench/$$name/$${rest#*:} || exit; \
	done
	@echo '== blink, by hand and with Ferry'
	$Qfor board in rpi-zero rpi-3 rpi-4; do $(MAKE) -s bench-blink APP=blink-minimal BOARD=$$board || exit; done
	@echo '== the demo, by phase'
	$Qbench/demo $(BOARD)

# For one board, with the options that app.mk has for its APP=blink-minimal.
.PHONY: bench-blink
bench-blink: $(APP_OBJ_DIR)/image.elf
	$Q$(MAKE) -s app APP=blink BOARD=$(BOARD) APP_OUT=$O/bench/$(BOARD) >/dev/null
	$Qbench/blink $(BOARD) $< $O/bench/$(BOARD)/$(BARE_IMAGE:.img=.elf) '$(BARE_CC) $(BARE_CFLAGS)' \
		'$(BARE_LINK) -Wl,--build-id=none -Wl,--section-start=.text=$(BARE_LOAD_ADDRESS)'
