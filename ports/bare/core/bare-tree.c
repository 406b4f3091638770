// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See bare-tree.h. An interrupt's cells are described in Linux'
 * Documentation/devicetree/bindings/interrupt-controller, a pin's in bindings/gpio/gpio.txt.
 */
#include "bare-tree.h"

#include <ferry/gpio.h>

#define LONGEST_NAME 40
#define MOST_CELLS   3u

/* ---- Interrupts: from their cells to the numbers of chips/ ---- */

static int gic_number(const uint32_t *cells)
{
	if (cells[1] > 987)
		return -1;
	return cells[0] == 0		      ? 32 + (int)cells[1] :
	       cells[0] == 1 && cells[1] < 16 ? 16 + (int)cells[1] :
						-1;
}

/* Bank 0 is the ARM's own, which chips/bcm2835-irq.c has behind the others. */
static int bcm2835_number(const uint32_t *cells)
{
	if (cells[0] > 2 || cells[1] > (cells[0] ? 31 : 7))
		return -1;
	return (int)(cells[0] ? (cells[0] - 1) * 32 + cells[1] : 64 + cells[1]);
}

static int bcm2836_number(const uint32_t *cells)
{
	return cells[0] < 4 ? 96 + (int)cells[0] : -1;
}

static const struct controller {
	const char *compatible;
	uint32_t cells;
	int (*number)(const uint32_t *cells);
} controllers[] = {
	{ "arm,gic-400", 3, gic_number },
	{ "arm,cortex-a15-gic", 3, gic_number },
	{ "brcm,bcm2835-armctrl-ic", 2, bcm2835_number },
	{ "brcm,bcm2836-armctrl-ic", 2, bcm2835_number },
	{ "brcm,bcm2836-l1-intc", 2, bcm2836_number },
};

static const struct controller *find_controller(const struct devicetree *tree, uint32_t node)
{
	for (unsigned i = 0; node && i < sizeof(controllers) / sizeof(controllers[0]); i++)
		if (devicetree_has_text(tree, node, "compatible", controllers[i].compatible))
			return devicetree_u32(tree, node, "#interrupt-cells", 0) ==
					       controllers[i].cells ?
				       &controllers[i] :
				       NULL;
	return NULL;
}

/* The controller that the node's, or the next outer, `interrupt-parent` names. */
static const struct controller *inherited_controller(const struct devicetree_walk *at)
{
	for (unsigned i = at->depth; i--;) {
		uint32_t phandle = devicetree_u32(at->tree, at->path[i], "interrupt-parent", 0);

		if (phandle)
			return find_controller(at->tree, devicetree_by_phandle(at->tree, phandle));
	}
	return NULL;
}

unsigned tree_interrupts(const struct devicetree_walk *at, int *irqs, unsigned max)
{
	uint32_t len, cells[MOST_CELLS];
	const uint8_t *list = devicetree_property(at->tree, at->node, "interrupts", &len);
	const struct controller *controller = list ? inherited_controller(at) : NULL;
	unsigned count = 0;

	for (; controller && count < max && len >= controller->cells * 4;
	     len -= controller->cells * 4) {
		for (uint32_t i = 0; i < controller->cells; i++, list += 4)
			cells[i] = devicetree_cell(list);
		irqs[count] = controller->number(cells);
		if (irqs[count] < 0)
			break;
		count++;
	}
	return count;
}

/* ---- Pins ---- */

/* FUNCTION with -gpios behind it. Returns false: it is too long. */
static bool property_name(char name[LONGEST_NAME], const char *function)
{
	const char *const parts[] = { function, "-gpios" };
	unsigned used = 0;

	for (unsigned i = 0; i < 2; i++)
		for (const char *p = parts[i]; *p; p++) {
			if (used + 1 == LONGEST_NAME)
				return false;
			name[used++] = *p;
		}
	name[used] = '\0';
	return true;
}

/* Linux: Documentation/devicetree/bindings/gpio/gpio.txt. */
#define GPIO_ACTIVE_LOW	  1u
#define GPIO_SINGLE_ENDED 2u
#define GPIO_OPEN_DRAIN	  4u /* with the former; without it, open source */
#define GPIO_PULL_UP	  16u
#define GPIO_PULL_DOWN	  32u
#define GPIO_NO_PULL	  64u

static unsigned mode_flags(uint32_t flags)
{
	unsigned mode = 0;

	if (flags & GPIO_SINGLE_ENDED)
		mode |= flags & GPIO_OPEN_DRAIN ? FY_GPIO_OPEN_DRAIN : FY_GPIO_OPEN_SOURCE;
	if (flags & GPIO_PULL_UP)
		mode |= FY_GPIO_PULL_UP;
	if (flags & GPIO_PULL_DOWN)
		mode |= FY_GPIO_PULL_DOWN;
	if (flags & GPIO_NO_PULL)
		mode |= FY_GPIO_NO_PULL;
	return mode;
}

#define PIN_SIZE (3 * 4)

int tree_pin(const struct devicetree *tree, uint32_t node, const char *function, unsigned index,
	     struct tree_pin *pin)
{
	char name[LONGEST_NAME];
	uint32_t len, flags;
	const uint8_t *value =
		property_name(name, function) ? devicetree_property(tree, node, name, &len) : NULL;

	if (!value || (len && len % PIN_SIZE == 0 && index >= len / PIN_SIZE))
		return FY_ERR_NOT_FOUND;
	if (!len || len % PIN_SIZE)
		return FY_ERR_INVALID;
	value += (size_t)index * PIN_SIZE;
	pin->controller = devicetree_by_phandle(tree, devicetree_cell(value));
	if (!pin->controller || devicetree_u32(tree, pin->controller, "#gpio-cells", 0) != 2)
		return FY_ERR_INVALID;
	pin->pin = devicetree_cell(value + 4);
	flags = devicetree_cell(value + 8);
	pin->active_low = flags & GPIO_ACTIVE_LOW;
	pin->flags = mode_flags(flags);
	return 0;
}
