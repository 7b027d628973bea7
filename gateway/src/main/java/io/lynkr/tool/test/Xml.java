package io.lynkr.tool.test;

import java.io.ByteArrayInputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML of anybody: no entities, nothing from elsewhere. */
final class Xml {
    private Xml() {}

    /** What is told of an XML file, in its order. */
    interface Reader {
        void begins(String name, Element element);

        default void ends(String name) {}

        default void text(String text) {}
    }

    /** The attributes of the element at hand. */
    record Element(XMLStreamReader xml) {
        String text(String name) {
            var value = xml.getAttributeValue(null, name);
            return value == null ? "" : value;
        }

        /** A number of at most nine digits; 0 if it is none. */
        int number(String name) {
            var text = text(name);
            return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        }
    }

    /**
     * Reads it all.
     *
     * @throws XMLStreamException if it is not well-formed
     */
    static void read(byte[] bytes, Reader reader) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        var xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
        try {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamReader.START_ELEMENT ->
                            reader.begins(xml.getLocalName(), new Element(xml));
                    case XMLStreamReader.END_ELEMENT -> reader.ends(xml.getLocalName());
                    case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA ->
                            reader.text(xml.getText());
                    default -> {}
                }
            }
        } finally {
            xml.close();
        }
    }
}
