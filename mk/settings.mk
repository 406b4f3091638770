# SPDX-License-Identifier: GPL-2.0-only
# What a user may set, on the command line, in the environment or in config.mk, made fit for use. Included after config.mk.

# A comment behind a value in config.mk leaves a space there.
$(foreach v,ARCH BOARD CROSS_COMPILE DRIVER DRIVER_DIR FERRY KDIR KERNEL O OUTPUT RELEASE V,\
	$(if $(filter file,$(origin $v)),$(eval $v = $$(strip $(value $v)))))

# Neither make nor kbuild can work with a directory of such a name.
quote := '
$(foreach v,DESTDIR DRIVER_DIR INSTALL_MOD_PATH KDIR O OUTPUT PREFIX,$(if $(word 2,$($v))$(findstring $(quote),$($v)),\
	$(error $v=$($v): a path must not have a space or a quote in it: choose another directory)))
