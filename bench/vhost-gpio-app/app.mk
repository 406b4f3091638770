# SPDX-License-Identifier: GPL-2.0-only
APP_DRIVERS = virtio-request
