# SPDX-License-Identifier: GPL-2.0-only
# A card that holds the firmware and a bare-metal app.
FIRMWARE_CACHE = $O/cache/firmware
APP_STAGE = $O/stage/$(BOARD)-$(APP)
APP_CARD = $(OUT)/sdcard-$(APP).img

ifneq ($(APP),)
ifneq ($(filter image,$(MAKECMDGOALS)),)
ifeq ($(BOARD_FIRMWARE),)
$(error board '$(BOARD)' has no card: `make app APP=$(APP) BOARD=$(BOARD)` makes an image that `ferry boot` starts)
endif
ifeq ($(wildcard apps/$(APP)/main.c),)
$(error there is no app '$(APP)'; apps are: $(filter-out template,$(patsubst apps/%/main.c,%,$(wildcard apps/*/main.c))))
endif
endif
endif

$(eval $(call fetch_rule,$(FIRMWARE_CACHE),boards/firmware/packages))

$(APP_CARD): $(APP_OBJ_DIR)/image.img boards/firmware/app.cfg boards/$(BOARD)/app-config.txt \
		$(FIRMWARE_CACHE)/fetched $O/time $O/tool/ferry
	$Q$(call say,IMAGE,$@)
	$Qrm -rf $(APP_STAGE)
	$Qmkdir -p $(APP_STAGE)/root $(@D)
	$Qcp $(BOARD_FIRMWARE:%=$(FIRMWARE_CACHE)/root/usr/lib/raspi-firmware/%) $(APP_STAGE)/root
	$Qcp $(FIRMWARE_CACHE)/root/usr/share/doc/raspi-firmware/copyright $(APP_STAGE)/root/LICENCE.raspi-firmware
	$Qcp boards/$(BOARD)/app-config.txt $(APP_STAGE)/root/config.txt
	$Qcp $(APP_OBJ_DIR)/image.img $(APP_STAGE)/root/$(BARE_IMAGE)
	$Q$O/tool/ferry image --rootpath $(APP_STAGE)/root --outputpath $(APP_STAGE) --loglevel 0 boards/firmware/app.cfg
	$Qmv $(APP_STAGE)/sdcard.img $@
