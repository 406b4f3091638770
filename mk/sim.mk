# SPDX-License-Identifier: GPL-2.0-only
# What ferry-sim is made of, in directories of this tree: for Ferry's own makefile (user.mk), for projects (driver.mk), and for
# pkg-config, which an installed Ferry answers with.
USER_DIRS = ports/common ports/user/core ports/user/models
SIM_DIRS = ports/user/sim
USER_INCLUDE_DIRS = include ports/user/include ports/common/include ports/common
