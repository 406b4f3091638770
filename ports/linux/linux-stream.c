// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class stream: a misc character device. An open file is a session. A blocking write
 * waits for room; closing waits until what was written has taken effect, and a signal ends that
 * wait and cancels it. An exiting process never waits: killed by a signal, what it wrote is
 * cancelled; otherwise it goes on. Each file that is open for reading has a ring of what came in
 * since; a read after bytes were lost is EOVERFLOW, once.
 *
 * The device may go while files are open: struct fy_linux_stream lives until the last of them is
 * closed. Ops run with `alive` held for reading; withdrawing takes it for writing, so that
 * afterwards no op runs.
 *
 * A name that is in use is found before the kernel is asked for it: its refusal comes with a
 * warning and a backtrace.
 */
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>
#include <ferry/stream.h>
#include <ferry/port/stream-ring.h>

#include "linux-error.h"

#define CHUNK_SIZE 256

struct fy_linux_stream {
	struct kref ref; /* one for the device, one for each open file */
	struct miscdevice misc;
	struct rw_semaphore alive;
	bool gone;
	struct fy_device *dev;
	const struct fy_stream_ops *ops; /* NULL: it is only read */
	size_t input;			 /* bytes kept for a reader; 0: it is only written */
	raw_spinlock_t lock;		 /* of the readers and their rings */
	struct list_head readers;
	wait_queue_head_t wait;
	atomic_t changes;      /* counts the calls of fy_stream_ready() */
	struct list_head list; /* in `streams` */
	char name[32];
};

static LIST_HEAD(streams); /* of this module, under `streams_mutex` */
static DEFINE_MUTEX(streams_mutex);

struct session {
	struct fy_linux_stream *stream;
	struct mutex mutex; /* one thread at a time */
	int full_at;	    /* `changes` at the last write that found no room */
	bool full;
	/* of the write before, which had already taken something: for the next one */
	int error;
	struct list_head reader; /* in the stream's list */
	struct fy_stream_ring ring;
	char chunk[CHUNK_SIZE];
	u64 state[]; /* the driver's */
};

static void free_stream(struct kref *ref)
{
	kfree(container_of(ref, struct fy_linux_stream, ref));
}

/* From here on it gets what comes in. */
static int start_reading(struct fy_linux_stream *stream, struct session *session)
{
	unsigned long flags;

	session->ring.bytes = vmalloc(stream->input);
	if (!session->ring.bytes)
		return -ENOMEM;
	session->ring.size = stream->input;
	raw_spin_lock_irqsave(&stream->lock, flags);
	list_add_tail(&session->reader, &stream->readers);
	raw_spin_unlock_irqrestore(&stream->lock, flags);
	return 0;
}

static void stop_reading(struct fy_linux_stream *stream, struct session *session)
{
	unsigned long flags;

	if (!session->ring.bytes)
		return;
	raw_spin_lock_irqsave(&stream->lock, flags);
	list_del(&session->reader);
	raw_spin_unlock_irqrestore(&stream->lock, flags);
	vfree(session->ring.bytes);
}

static int session_open(struct inode *inode, struct file *file)
{
	struct fy_linux_stream *stream =
		container_of(file->private_data, struct fy_linux_stream, misc);
	const size_t size = stream->ops ? stream->ops->session_size : 0;
	struct session *session;

	session = kzalloc(struct_size(session, state, DIV_ROUND_UP(size, 8)), GFP_KERNEL);
	if (!session)
		return -ENOMEM;
	if (file->f_mode & FMODE_READ && stream->input && start_reading(stream, session)) {
		kfree(session);
		return -ENOMEM;
	}
	kref_get(&stream->ref);
	session->stream = stream;
	mutex_init(&session->mutex);
	file->private_data = session;
	return stream_open(inode, file);
}

/* Calls the driver with what is in the chunk. Returns as the op does, in the kernel's errors. */
static ssize_t write_chunk(struct session *session, size_t len)
{
	struct fy_linux_stream *stream = session->stream;
	ssize_t taken = -ENODEV;

	down_read(&stream->alive);
	if (!stream->gone) {
		session->full_at = atomic_read(&stream->changes);
		taken = stream->ops->write(stream->dev, session->state, session->chunk, len);
		session->full = taken == FY_ERR_AGAIN;
		if (taken < 0)
			taken = fy_error_to_errno(taken);
	}
	up_read(&stream->alive);
	return taken;
}

static bool changed_since(struct fy_linux_stream *stream, int seen)
{
	return stream->gone || atomic_read(&stream->changes) != seen;
}

static ssize_t session_write(struct file *file, const char __user *data, size_t len, loff_t *pos)
{
	struct session *session = file->private_data;
	struct fy_linux_stream *stream = session->stream;
	ssize_t taken;
	size_t done = 0;

	if (!stream->ops)
		return -EINVAL;
	if (mutex_lock_interruptible(&session->mutex))
		return -ERESTARTSYS;
	taken = session->error;
	session->error = 0;
	while (taken >= 0 && done < len) {
		size_t n = min_t(size_t, len - done, CHUNK_SIZE);

		if (copy_from_user(session->chunk, data + done, n)) {
			taken = -EFAULT;
			break;
		}
		taken = write_chunk(session, n);
		if (taken == -EAGAIN && !(file->f_flags & O_NONBLOCK))
			taken = wait_event_interruptible(stream->wait,
							 changed_since(stream, session->full_at));
		if (taken < 0)
			break;
		done += taken;
	}
	if (done && taken < 0 && taken != -EAGAIN && taken != -ERESTARTSYS)
		session->error = taken;
	mutex_unlock(&session->mutex);
	return done ? done : taken;
}

static bool can_read(struct fy_linux_stream *stream, struct session *session)
{
	unsigned long flags;
	bool ready;

	raw_spin_lock_irqsave(&stream->lock, flags);
	ready = fy_stream_ring_ready(&session->ring);
	raw_spin_unlock_irqrestore(&stream->lock, flags);
	return ready || stream->gone;
}

/* What is there, up to a chunk: one read is one piece. */
static ssize_t session_read(struct file *file, char __user *data, size_t len, loff_t *pos)
{
	struct session *session = file->private_data;
	struct fy_linux_stream *stream = session->stream;
	unsigned long flags;
	long taken;
	int rc;

	if (!session->ring.bytes)
		return -EINVAL;
	if (!len)
		return 0;
	if (mutex_lock_interruptible(&session->mutex))
		return -ERESTARTSYS;
	for (;;) {
		raw_spin_lock_irqsave(&stream->lock, flags);
		taken = fy_stream_ring_get(&session->ring, session->chunk,
					   min_t(size_t, len, CHUNK_SIZE));
		raw_spin_unlock_irqrestore(&stream->lock, flags);
		if (taken != FY_ERR_AGAIN || stream->gone || file->f_flags & O_NONBLOCK)
			break;
		rc = wait_event_interruptible(stream->wait, can_read(stream, session));
		if (rc) {
			mutex_unlock(&session->mutex);
			return rc;
		}
	}
	if (taken == FY_ERR_AGAIN)
		taken = stream->gone ? -ENODEV : -EAGAIN;
	else if (taken == FY_ERR_IO)
		taken = -EOVERFLOW;
	else if (copy_to_user(data, session->chunk, taken))
		taken = -EFAULT;
	mutex_unlock(&session->mutex);
	return taken;
}

static __poll_t session_poll(struct file *file, poll_table *table)
{
	struct session *session = file->private_data;
	struct fy_linux_stream *stream = session->stream;
	__poll_t events = 0;

	poll_wait(file, &stream->wait, table);
	if (stream->gone)
		return EPOLLERR | EPOLLHUP;
	if (session->ring.bytes && can_read(stream, session))
		events = EPOLLIN | EPOLLRDNORM;
	if (READ_ONCE(session->full) && !changed_since(stream, READ_ONCE(session->full_at)))
		return events;
	return stream->ops ? events | EPOLLOUT | EPOLLWRNORM : events;
}

static bool is_drained(struct session *session)
{
	struct fy_linux_stream *stream = session->stream;
	bool drained;

	down_read(&stream->alive);
	drained = stream->gone || !stream->ops || stream->ops->drained(stream->dev, session->state);
	up_read(&stream->alive);
	return drained;
}

static int wait_drained(struct session *session)
{
	struct fy_linux_stream *stream = session->stream;
	int seen, rc;

	for (;;) {
		seen = atomic_read(&stream->changes);
		if (is_drained(session))
			return 0;
		rc = wait_event_interruptible(stream->wait, changed_since(stream, seen));
		if (rc)
			return rc;
	}
}

static void cancel(struct session *session)
{
	struct fy_linux_stream *stream = session->stream;

	down_read(&stream->alive);
	if (!stream->gone && stream->ops)
		stream->ops->cancel(stream->dev, session->state);
	up_read(&stream->alive);
}

/* Each close of a descriptor comes here, and each exit of a process that has one. */
static int session_flush(struct file *file, fl_owner_t id)
{
	struct session *session = file->private_data;
	int rc = 0;

	if (current->flags & PF_EXITING) {
		/* No signal reaches an exiting process any more, so it must not wait. */
		if (current->exit_code & 0x7f)
			cancel(session);
	} else if (!(file->f_flags & O_NONBLOCK) && wait_drained(session)) {
		cancel(session);
		rc = -EINTR;
	}
	return rc;
}

static int session_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	return wait_drained(file->private_data);
}

static int session_release(struct inode *inode, struct file *file)
{
	struct session *session = file->private_data;
	struct fy_linux_stream *stream = session->stream;

	down_read(&stream->alive);
	if (!stream->gone && stream->ops)
		stream->ops->close(stream->dev, session->state);
	up_read(&stream->alive);
	stop_reading(stream, session);
	kfree(session);
	kref_put(&stream->ref, free_stream);
	return 0;
}

static const struct file_operations stream_fops = {
	.owner = THIS_MODULE,
	.open = session_open,
	.read = session_read,
	.write = session_write,
	.poll = session_poll,
	.flush = session_flush,
	.fsync = session_fsync,
	.release = session_release,
};

/*
 * The name that is shown: see fy_index() in <ferry/driver.h>. Returns false when it is too long, or
 * no file's name.
 */
static bool make_name(const struct fy_device *dev, const char *offered, char *name, size_t size)
{
	int len;

	if (dev->label)
		len = snprintf(name, size, "%s", dev->label);
	else if (dev->numbered)
		len = snprintf(name, size, "%s%u", offered, dev->index);
	else
		len = snprintf(name, size, "%s", offered);
	for (char *c = name; *c; c++)
		if (!isalnum(*c) && !strchr("._-", *c))
			*c = '-';
	return len > 0 && len < size && name[0] != '.';
}

/* Whether the name is another stream's of this module, or of another misc device. */
static bool is_taken(const char *name)
{
	struct fy_linux_stream *other;
	char file[64];
	struct path path;

	list_for_each_entry (other, &streams, list)
		if (!strcmp(other->name, name))
			return true;
	snprintf(file, sizeof(file), "/sys/class/misc/%s", name);
	if (kern_path(file, 0, &path))
		return false;
	path_put(&path);
	return true;
}

/* Registers STREAM under its name. Returns 0 or the kernel's error. */
static int register_stream(struct fy_linux_stream *stream)
{
	int rc = -EBUSY;

	mutex_lock(&streams_mutex);
	if (!is_taken(stream->name))
		rc = misc_register(&stream->misc);
	if (!rc)
		list_add(&stream->list, &streams);
	mutex_unlock(&streams_mutex);
	if (rc == -EBUSY || rc == -EEXIST)
		fy_error(stream->dev, "the name '%s' is in use: give the device another label",
			 stream->name);
	return rc;
}

int fy_linux_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
			  const struct fy_stream_ops *ops, size_t input)
{
	struct fy_linux_stream *new = kzalloc(sizeof(*new), GFP_KERNEL);
	int rc;

	if (!new)
		return FY_ERR_NO_MEMORY;
	kref_init(&new->ref);
	init_rwsem(&new->alive);
	init_waitqueue_head(&new->wait);
	raw_spin_lock_init(&new->lock);
	INIT_LIST_HEAD(&new->readers);
	new->dev = dev;
	new->ops = ops;
	new->input = input;
	new->misc.minor = MISC_DYNAMIC_MINOR;
	new->misc.name = new->name;
	new->misc.fops = &stream_fops;
	new->misc.mode = (ops ? 0220 : 0) | (input ? 0440 : 0);
	new->misc.parent = dev->dev;
	/* Files may be opened from here on, and ops be called: the driver offers last. */
	stream->stream = new;
	rc = make_name(dev, name, new->name, sizeof(new->name)) ? register_stream(new) : -EINVAL;
	if (rc) {
		stream->stream = NULL;
		kref_put(&new->ref, free_stream);
	}
	return fy_error_from_errno(rc);
}

void fy_linux_stream_withdraw(struct fy_stream *stream)
{
	struct fy_linux_stream *old = stream->stream;

	if (!old)
		return;
	mutex_lock(&streams_mutex);
	misc_deregister(&old->misc);
	list_del(&old->list);
	mutex_unlock(&streams_mutex);
	down_write(&old->alive);
	old->gone = true;
	up_write(&old->alive);
	wake_up_all(&old->wait);
	stream->stream = NULL;
	kref_put(&old->ref, free_stream);
}

void fy_linux_stream_ready(struct fy_stream *stream)
{
	if (!stream->stream)
		return;
	atomic_inc(&stream->stream->changes);
	wake_up_all(&stream->stream->wait);
}

void fy_linux_stream_input(struct fy_stream *stream, const char *data, size_t len)
{
	struct fy_linux_stream *new = stream->stream;
	struct session *session;
	unsigned long flags;

	if (!new)
		return;
	raw_spin_lock_irqsave(&new->lock, flags);
	list_for_each_entry (session, &new->readers, reader)
		fy_stream_ring_put(&session->ring, data, len);
	raw_spin_unlock_irqrestore(&new->lock, flags);
	wake_up_all(&new->wait);
}
