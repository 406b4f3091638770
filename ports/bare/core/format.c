// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See format.h. A conversion becomes a prefix ("-", "0x"), zeros and a body, which are then padded
 * to the width.
 */
#include "format.h"

#include <stdbool.h>
#include <stdint.h>

struct output {
	void (*put)(void *arg, char c);
	void *arg;
};

struct conversion {
	bool left, zeros, sign, space, alternate;
	int width, precision; /* precision -1: none given */
	int size;	      /* how many l; -1, -2: h, hh */
};

static void repeat(const struct output *out, char c, int times)
{
	while (times-- > 0)
		out->put(out->arg, c);
}

static void put_text(const struct output *out, const char *text, int len)
{
	for (int i = 0; i < len; i++)
		out->put(out->arg, text[i]);
}

static void put_padded(const struct output *out, const struct conversion *conv, const char *prefix,
		       int prefix_len, int zeros, const char *body, int len)
{
	int padding = conv->width - prefix_len - zeros - len;

	if (!conv->left)
		repeat(out, ' ', padding);
	put_text(out, prefix, prefix_len);
	repeat(out, '0', zeros);
	put_text(out, body, len);
	if (conv->left)
		repeat(out, ' ', padding);
}

static void put_number(const struct output *out, const struct conversion *conv, uint64_t value,
		       const char *prefix, unsigned base, const char *digits)
{
	char body[20]; /* 2^64 has 20 digits */
	int at = sizeof(body), prefix_len = 0, len, zeros;

	while (value > UINT32_MAX) {
		body[--at] = digits[value % base];
		value /= base;
	}
	for (uint32_t low = (uint32_t)value; low; low /= base)
		body[--at] = digits[low % base];
	len = (int)sizeof(body) - at;
	while (prefix[prefix_len])
		prefix_len++;
	zeros = (conv->precision < 0 ? 1 : conv->precision) - len;
	if (conv->zeros && !conv->left && conv->precision < 0 &&
	    zeros < conv->width - prefix_len - len)
		zeros = conv->width - prefix_len - len;
	put_padded(out, conv, prefix, prefix_len, zeros > 0 ? zeros : 0, body + at, len);
}

static void put_signed(const struct output *out, const struct conversion *conv, int64_t value)
{
	const char *prefix = value < 0 ? "-" : conv->sign ? "+" : conv->space ? " " : "";

	put_number(out, conv, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, prefix, 10,
		   "0123456789");
}

static void put_string(const struct output *out, const struct conversion *conv, const char *text)
{
	int len = 0;

	if (!text)
		text = "(null)";
	while (text[len] && (conv->precision < 0 || len < conv->precision))
		len++;
	put_padded(out, conv, "", 0, 0, text, len);
}

static uint64_t next_unsigned(const struct conversion *conv, va_list *args)
{
	if (conv->size >= 2)
		return va_arg(*args, unsigned long long);
	if (conv->size == 1)
		return va_arg(*args, unsigned long);
	return va_arg(*args, unsigned int);
}

static int64_t next_signed(const struct conversion *conv, va_list *args)
{
	if (conv->size >= 2)
		return va_arg(*args, long long);
	if (conv->size == 1)
		return va_arg(*args, long);
	return va_arg(*args, int);
}

/* A number in the format, or `*`. */
static const char *read_count(const char *fmt, int *count, va_list *args)
{
	*count = 0;
	if (*fmt == '*') {
		*count = va_arg(*args, int);
		return fmt + 1;
	}
	while (*fmt >= '0' && *fmt <= '9')
		*count = *count * 10 + (*fmt++ - '0');
	return fmt;
}

static const char *read_flags(const char *fmt, struct conversion *conv)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-':
			conv->left = true;
			break;
		case '0':
			conv->zeros = true;
			break;
		case '+':
			conv->sign = true;
			break;
		case ' ':
			conv->space = true;
			break;
		case '#':
			conv->alternate = true;
			break;
		default:
			return fmt;
		}
	}
}

/* What stands between the % and the conversion's letter. */
static const char *read_conversion(const char *fmt, struct conversion *conv, va_list *args)
{
	*conv = (struct conversion){ .precision = -1 };
	fmt = read_flags(fmt, conv);
	fmt = read_count(fmt, &conv->width, args);
	if (conv->width < 0) {
		conv->left = true;
		conv->width = -conv->width;
	}
	if (*fmt == '.')
		fmt = read_count(fmt + 1, &conv->precision, args);
	for (; *fmt == 'l' || *fmt == 'z' || *fmt == 'h'; fmt++)
		conv->size += *fmt == 'h' ? -1 : 1;
	return fmt;
}

static void convert(const struct output *out, char letter, const struct conversion *conv,
		    va_list *args)
{
	static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
	char c;

	switch (letter) {
	case 'c':
		c = (char)va_arg(*args, int);
		put_padded(out, conv, "", 0, 0, &c, 1);
		break;
	case 's':
		put_string(out, conv, va_arg(*args, const char *));
		break;
	case 'd':
	case 'i':
		put_signed(out, conv, next_signed(conv, args));
		break;
	case 'u':
		put_number(out, conv, next_unsigned(conv, args), "", 10, lower);
		break;
	case 'x':
		put_number(out, conv, next_unsigned(conv, args), conv->alternate ? "0x" : "", 16,
			   lower);
		break;
	case 'X':
		put_number(out, conv, next_unsigned(conv, args), conv->alternate ? "0X" : "", 16,
			   upper);
		break;
	case 'p':
		put_number(out, conv, (uintptr_t)va_arg(*args, void *), "0x", 16, lower);
		break;
	default: /* %%, and what is no conversion stands for itself */
		out->put(out->arg, letter);
	}
}

void format(void (*put)(void *arg, char c), void *arg, const char *fmt, va_list args)
{
	const struct output out = { put, arg };
	struct conversion conv;
	va_list rest;

	va_copy(rest, args);
	while (*fmt) {
		if (*fmt != '%') {
			put(arg, *fmt++);
			continue;
		}
		fmt = read_conversion(fmt + 1, &conv, &rest);
		if (!*fmt)
			break;
		convert(&out, *fmt++, &conv, &rest);
	}
	va_end(rest);
}
