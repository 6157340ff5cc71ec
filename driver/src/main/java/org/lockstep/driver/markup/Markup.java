package org.lockstep.driver.markup;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Elements written one after the other, all text escaped: markup that is both HTML and XML.
 *
 * <p>An element's name may carry a class: {@code "p.note"} is {@code <p class="note">}. Attributes follow as names and
 * values in turn.
 */
public final class Markup {

    private final StringWriter written = new StringWriter();
    private final XMLStreamWriter writer;
    private int open;

    public Markup() {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(written);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins an element. */
    public Markup start(String name, String... attributes) {
        int dot = name.indexOf('.');
        open++;
        return write(() -> {
            writer.writeStartElement(dot < 0 ? name : name.substring(0, dot));
            attributes(name, dot, attributes);
        });
    }

    /** Ends the element begun last. */
    public Markup end() {
        open--;
        return write(writer::writeEndElement);
    }

    /** An element of text. */
    public Markup leaf(String name, String text, String... attributes) {
        return start(name, attributes).text(text).end();
    }

    /** An element that never has content, such as {@code <meta/>}. */
    public Markup empty(String name, String... attributes) {
        int dot = name.indexOf('.');
        return write(() -> {
            writer.writeEmptyElement(dot < 0 ? name : name.substring(0, dot));
            attributes(name, dot, attributes);
        });
    }

    /** Text; characters that no page may hold become U+FFFD. */
    public Markup text(String text) {
        return write(() -> writer.writeCharacters(allowed(text)));
    }

    /** The first line of a page. */
    public Markup doctype() {
        return write(() -> writer.writeDTD("<!DOCTYPE html>"));
    }

    /** What was written, each element ended. */
    @Override
    public String toString() {
        if (open != 0) {
            throw new IllegalStateException("Elements not ended: " + open);
        }
        write(writer::flush);
        return written.toString();
    }

    private void attributes(String name, int dot, String... attributes) throws XMLStreamException {
        if (dot >= 0) {
            writer.writeAttribute("class", name.substring(dot + 1).replace('.', ' '));
        }
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], allowed(attributes[i + 1]));
        }
    }

    private static String allowed(String text) {
        return text.codePoints()
                .map(point -> isAllowed(point) ? point : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || (point >= 0x20 && point < 0x7F)
                || (point >= 0xA0 && point < 0xD800)
                || (point >= 0xE000 && point < 0xFFFE)
                || point >= 0x10000;
    }

    private Markup write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Writing {
        void run() throws XMLStreamException;
    }
}
