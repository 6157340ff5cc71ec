package org.lockstep.executor.queue.child;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.HashMap;
import java.util.Map;
import org.lockstep.data.Batch;
import org.lockstep.data.Feed;

/** The feeds that a child has open, by the parent's numbers. For one thread. */
final class OpenFeeds {

    private final ClassLoader classes;
    private final Map<Integer, Feed> feeds = new HashMap<>();

    OpenFeeds(ClassLoader classes) {
        this.classes = classes;
    }

    /** The reply to a call; a failure is one, too. */
    byte[] answer(byte[] call) {
        try {
            return answer(read(call));
        } catch (Throwable e) {
            return Reply.failed(e);
        }
    }

    private byte[] answer(Call call) {
        if (call instanceof Call.Open open) {
            open.hadoop().apply();
            Feed feed = open.shard().open(open.order());
            feeds.put(open.feed(), feed);
            return Reply.opened(feed.isRandomAccess());
        }
        if (call instanceof Call.Close) {
            Feed feed = feeds.remove(call.feed());
            if (feed != null) {
                feed.close();
            }
            return Reply.done();
        }
        Feed feed = feeds.get(call.feed());
        if (feed == null) {
            throw new IllegalStateException("Not open: feed " + call.feed());
        }
        if (call instanceof Call.Get get) {
            Batch batch = feed.get(get.window(), get.step());
            return Reply.made(new Reply.Made(batch, feed.drainSkipped()));
        }
        if (call instanceof Call.Describe describe) {
            return Reply.text(feed.describe(describe.window(), describe.step()));
        }
        if (call instanceof Call.Begin begin) {
            feed.onEpochBegin(begin.epoch());
        } else if (call instanceof Call.End end) {
            feed.onEpochEnd(end.epoch());
        }
        return Reply.done();
    }

    private Call read(byte[] call) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(call)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                try {
                    return Class.forName(type.getName(), false, classes);
                } catch (ClassNotFoundException e) {
                    return super.resolveClass(type);
                }
            }
        }) {
            return (Call) in.readObject();
        }
    }
}
