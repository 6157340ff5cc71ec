package org.lockstep.driver.checkpoint;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** The warnings that this package logs, from opening to closing. */
final class Warnings extends AbstractAppender implements AutoCloseable {

    private final List<String> texts = new ArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger("org.lockstep.driver.checkpoint");

    private Warnings() {
        super("checkpoint-warnings", null, null, true, Property.EMPTY_ARRAY);
    }

    static Warnings open() {
        Warnings warnings = new Warnings();
        warnings.start();
        Configurator.setLevel(warnings.logger, Level.WARN);
        warnings.logger.addAppender(warnings);
        return warnings;
    }

    List<String> texts() {
        return texts;
    }

    @Override
    public void append(LogEvent event) {
        if (Level.WARN.equals(event.getLevel())) {
            texts.add(event.getMessage().getFormattedMessage());
        }
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        Configurator.setLevel(logger, Level.ERROR);
        stop();
    }
}
