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
	@echo '== the demo, by phase'
	$Qbench/demo $(BOARD)
