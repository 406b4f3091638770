# SPDX-License-Identifier: MIT OR GPL-2.0-only
APP_DRIVERS = beeper
