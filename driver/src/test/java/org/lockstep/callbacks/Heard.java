package org.lockstep.callbacks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What callbacks say while something runs. */
final class Heard {

    private static final String LOGGER = "org.lockstep.callbacks";

    private Heard() {}

    /** What is printed to the standard output. */
    static String printed(Runnable run) {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            run.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What is logged as a warning. */
    static List<String> warnings(Runnable run) {
        List<String> messages = new ArrayList<>();
        AbstractAppender appender = new AbstractAppender("heard", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                messages.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LoggerConfig logger = new LoggerConfig(LOGGER, Level.WARN, false);
        logger.addAppender(appender, null, null);
        context.getConfiguration().addLogger(LOGGER, logger);
        context.updateLoggers();
        try {
            run.run();
        } finally {
            context.getConfiguration().removeLogger(LOGGER);
            context.updateLoggers();
        }
        return messages;
    }
}
