// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sets and clears a pin in four ways, each 16 times: by hand and through the contract, on a pin
 * that is known when compiling and on one chosen at run time. The recorder tells how many
 * instructions lie between the edges.
 */
#include <ferry/app.h>
#include <ferry/gpio.h>

#if defined(__aarch64__)
#define GPIO UINT64_C(0xfe200000)
#else
#define GPIO 0x20200000u
#endif
#define PIN	    17
#define REG(offset) (*(volatile uint32_t *)(GPIO + (offset)))

static const struct fy_gpio fixed = FY_GPIO_BCM2835(GPIO, PIN);

__attribute__((noinline, noclone)) static void fixed_by_hand(void)
{
	REG(0x1c) = 1u << PIN;
	REG(0x28) = 1u << PIN;
}

__attribute__((noinline, noclone)) static void fixed_by_contract(void)
{
	fy_gpio_set(&fixed, 1);
	fy_gpio_set(&fixed, 0);
}

__attribute__((noinline, noclone)) static void chosen_high_by_hand(volatile uint32_t *gpio,
								   unsigned pin)
{
	gpio[7 + pin / 32] = 1u << (pin % 32);
}

__attribute__((noinline, noclone)) static void chosen_low_by_hand(volatile uint32_t *gpio,
								  unsigned pin)
{
	gpio[10 + pin / 32] = 1u << (pin % 32);
}

__attribute__((noinline, noclone)) static void chosen_high_by_contract(struct fy_gpio *pin)
{
	fy_gpio_set(pin, 1);
}

__attribute__((noinline, noclone)) static void chosen_low_by_contract(struct fy_gpio *pin)
{
	fy_gpio_set(pin, 0);
}

int main(void)
{
	unsigned number = PIN;
	struct fy_gpio pin;

	if (fy_gpio_take("gpio", PIN, false, FY_GPIO_OUT_LOW, &pin))
		return 1;
	for (int i = 0; i < 16; i++)
		fixed_by_hand();
	for (int i = 0; i < 16; i++)
		fixed_by_contract();
	for (int i = 0; i < 16; i++)
		chosen_high_by_hand(&REG(0), number), chosen_low_by_hand(&REG(0), number);
	for (int i = 0; i < 16; i++)
		chosen_high_by_contract(&pin), chosen_low_by_contract(&pin);
	fy_print("measured\n");
	return 0;
}
