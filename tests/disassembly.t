#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# No object of any port has a floating-point or SIMD instruction, nor, on x86-64, an access below the stack pointer: each is
# disassembled (lib/check/kernel-code.h). First, that the disassembler finds what it is to find, and nothing else.
# needs: bare-objects disassemble images images-from-source
. tests/tap.sh
disassemble=${FERRY%/*}/tests/disassemble

assemble() { # COMPILER-AND-FLAGS TEXT
	printf '\t.text\n\t.type f, %%function\nf:\t%s\n\t.size f, . - f\n' "$2" >"$dir/f.s"
	# shellcheck disable=SC2086
	${1%% *} -c ${1#${1%% *}} -o "$dir/f.o" "$dir/f.s"
}

flagged() { # FAULT COMPILER-AND-FLAGS INSTRUCTION
	assemble "$2" "$3" || { fail "$3 is assembled"; return; }
	run "$disassemble" "$dir/f.o"
	like "found: $3 ($2)" "$status $(echo "$out" | head -n 1)" "^1   $1: .* at \.text\+0x0 in f\$"
}

passes() { # COMPILER-AND-FLAGS INSTRUCTION
	assemble "$1" "$2" || { fail "$2 is assembled"; return; }
	run "$disassemble" "$dir/f.o"
	is "passes: $2 ($1)" "$status $(echo "$out" | head -n 1)" "0 $dir/f.o: 1"
}

float='floating point or SIMD'
below='below the stack pointer'
a64='aarch64-linux-gnu-gcc -march=armv8.2-a+sve+crypto'
arm='arm-linux-gnueabi-gcc -march=armv7-a -mfpu=neon'
thumb="$arm -mthumb"
x86='x86_64-linux-gnu-gcc'
command -v ${x86} >/dev/null || x86=gcc

for instruction in 'fadd d0, d0, d1' 'add v0.4s, v0.4s, v1.4s' 'ldr q0, [x0]' 'str s3, [sp, #4]' 'fmov x0, d0' 'scvtf h1, w0' \
	'aese v0.16b, v1.16b' 'add z0.s, z1.s, z2.s' 'ld1 {v0.16b}, [x2]'; do
	flagged "$float" "$a64" "$instruction"
done
for instruction in 'ldr x0, [sp, #-16]!' 'casal w0, w1, [x2]' 'ldadd w0, w1, [x2]' 'ldtr x0, [x1]' 'paciasp' 'mrs x0, cntvct_el0' \
	'prfm pldl1keep, [x0]' 'udf #0'; do
	passes "$a64" "$instruction"
done
for instruction in 'vadd.f64 d0, d0, d1' 'vadd.i32 q0, q1, q2' 'vmov r0, s1' 'vldr s0, [r1]' 'vmrs r0, fpscr' 'vpush {d8}' \
	'mrc p10, 7, r0, cr0, cr0, 0' 'ldc p11, cr0, [r0]'; do
	flagged "$float" "$arm" "$instruction"
done
flagged "$float" "$thumb" 'vadd.f64 d0, d0, d1'
for instruction in 'mrc p15, 0, r0, c1, c0, 0' 'ldrd r0, r1, [r2]' 'smull r0, r1, r2, r3' 'strexd r0, r2, r3, [r4]'; do
	passes "$arm" "$instruction"
done
passes "$thumb" 'push {r4, lr}'
for instruction in 'addsd %xmm1, %xmm0' 'fldl (%rax)' 'emms' 'movq %mm0, (%rdi)' 'cvtsi2ss %edi, %xmm0' 'vaddps %ymm0, %ymm1, %ymm2'; do
	flagged "$float" "$x86" "$instruction"
done
for instruction in 'movl %eax, -4(%rsp)' 'movl -128(%rsp,%rdi,4), %eax' 'leaq -8(%rsp), %rax' 'lock; addl $1, -4(%rsp)'; do
	flagged "$below" "$x86" "$instruction"
done
for instruction in 'movl %eax, 4(%rsp)' 'lock; addl $0, -4(%rsp)' 'leaq -8(%rsp), %rsp' 'pause' 'lfence' 'prefetcht0 (%rdi)' 'push %rbp'; do
	passes "$x86" "$instruction"
done

# As compilers do it: a leaf function with and without a frame pointer, and others that only look alike.
cat >"$dir/leaf.c" <<'E'
int leaf(int a, int b) { volatile int x[8]; x[a & 7] = b; return x[b & 7]; }
E
cat >"$dir/others.c" <<'E'
int use(int *);
int framed(int a) { int x[9]; x[2] = a; return use(x); }
int variable(int n) { int x[n]; return use(x); }
E
for flags in -O2 -O0 '-O2 -fno-omit-frame-pointer'; do
	# shellcheck disable=SC2086
	$x86 $flags -fno-stack-protector -c -o "$dir/f.o" "$dir/leaf.c"
	run "$disassemble" "$dir/f.o"
	like "found: the red zone of a leaf function ($flags)" "$status $out" "^1   $below: .* in leaf"
	# shellcheck disable=SC2086
	$x86 $flags -fno-stack-protector -mno-red-zone -c -o "$dir/f.o" "$dir/leaf.c"
	run "$disassemble" "$dir/f.o"
	is "passes: the same with -mno-red-zone ($flags)" "$status" 0
	# shellcheck disable=SC2086
	$x86 $flags -fno-stack-protector -c -o "$dir/f.o" "$dir/others.c"
	run "$disassemble" "$dir/f.o"
	is "passes: functions that call ($flags)" "$status" 0
done
printf '\t.text\nf:\tmov r0, #0\n\tbx lr\n\t.word 0xee300b01\n' >"$dir/f.s" # which would be vadd.f64 d0, d0, d1
${arm%% *} -c -o "$dir/f.o" "$dir/f.s"
run "$disassemble" "$dir/f.o"
is "passes: data between the instructions" "$status $out" "0 $dir/f.o: 2"
run "$disassemble" "$0"
like "what is no ELF file is refused" "$status $err" '^1 disassemble: .*: is no ELF file$'

# Checks that FILES are clean, and are more than a few.
clean() { # NAME AT-LEAST FILE...
	name=$1 least=$2
	shift 2
	run "$disassemble" "$@"
	files=$(echo "$out" | grep -c '^/.*: [0-9]')
	if [ "$status" = 0 ] && [ "$files" -ge "$least" ]; then
		pass "$name: $files files, $(echo "$out" | awk '{ n += $NF } END { print n }') instructions"
	else
		fail "$name" "$(echo "$out" | grep '^  '; echo "$files files, at least $least wanted; $err")"
	fi
}

# Linux: every module there is, and two drivers for each kernel whose headers are there.
for headers in build/cache/*/root/usr/src/linux-headers-*[!n]; do
	[ -e "$headers/include/config/auto.conf" ] || continue
	kernel=${headers##*/linux-headers-}
	for driver in beeper pl061; do
		ok "$driver is a module for $kernel" scripts/build-module drivers/$driver.c "$root/$headers" \
			"$dir/work/$kernel/$driver" "$dir/modules/$kernel/$driver.ko"
	done
	# shellcheck disable=SC2046
	clean "Linux, $kernel" 2 $(find "$dir/modules/$kernel" -name '*.ko')
done
# shellcheck disable=SC2046
clean "Linux, what is in output/" 2 $(find "$root/output" -path '*/modules/*.ko')

# Bare metal: every object of every board, of all drivers, and what is linked of them and libgcc.
bare_objects
drivers=$(basename -a -s .c drivers/*.c | tr '\n' ' ')
for board in $(scripts/boards BARE_ARCH); do
	ok "all drivers for $board" make -s app APP=beep BOARD="$board" O="$dir/build" APP_OUT="$dir/out" APP_DRIVERS="$drivers"
	[ ! -e "boards/$board/minimal.h" ] ||
		ok "the minimal port for $board" make -s app APP=blink-minimal BOARD="$board" O="$dir/build" APP_OUT="$dir/out"
	# shellcheck disable=SC2046
	clean "bare, $board" 40 $(find "$dir/build/bare/$board" -name '*.o' -o -name image.elf)
done
done_testing
