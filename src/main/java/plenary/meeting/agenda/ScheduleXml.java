package plenary.meeting.agenda;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * Schedule XML: Pentabarf, frab, pretalx and the c3 hub ({@code c3voc.de/schedule/schema.xsd}). No
 * document type, no entities but the five of XML, nothing external; nesting is bounded.
 */
final class ScheduleXml implements Format {
  private static final int DEPTH_MAX = 64;

  @Override
  public boolean recognises(Source source) {
    if (!source.startsWith("<")) {
      return false;
    }
    try {
      XMLStreamReader xml = open(source.text());
      while (xml.next() != XMLStreamConstants.START_ELEMENT) {
        refuseDoctype(xml);
      }
      return xml.getLocalName().equals("schedule");
    } catch (XMLStreamException e) {
      throw broken(e);
    } catch (MissingResourceException e) {
      // The JDK's parser has no message for some errors in a document type, and fails over that.
      throw new Failure.Malformed("The XML is broken: its document type cannot be read.");
    }
  }

  @Override
  public Agenda read(Source source) {
    Programme programme = new Programme("schedule XML", source.zone());
    try {
      new Reading(open(source.text()), programme).schedule();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
    return programme.finish();
  }

  private static XMLStreamReader open(String text) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    // These count every &amp; of the document too, and a large conference has more than 100,000.
    // Declared entities, which they are meant for, are refused with the document type.
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    return factory.createXMLStreamReader(new StringReader(text.stripLeading()));
  }

  private static void refuseDoctype(XMLStreamReader xml) {
    if (xml.getEventType() == XMLStreamConstants.DTD) {
      throw malformed(xml.getLocation(), "a document type is not read here");
    }
  }

  private static Failure malformed(Location at, String what) {
    return new Failure.Malformed(
        "The XML is broken in line %d, column %d: %s."
            .formatted(at.getLineNumber(), at.getColumnNumber(), what));
  }

  private static Failure broken(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int cut = message.indexOf("Message: ");
    String what = PlainText.reason(cut < 0 ? message : message.substring(cut + 9));
    Location at = e.getLocation();
    return at == null
        ? new Failure.Malformed("The XML is broken: " + what + ".")
        : malformed(at, what);
  }

  /** The fields of one event element. */
  private record XmlFields(String at, Map<String, String> texts, List<String> persons)
      implements ScheduleEvent.Fields {
    @Override
    public @Nullable String text(String name) {
      return texts.get(name);
    }

    @Override
    public String place(String name) {
      return at + ", " + name;
    }
  }

  /** One pass over the document. */
  private static final class Reading {
    private final XMLStreamReader xml;
    private final Programme programme;
    private int depth;
    private @Nullable Stamp change;

    Reading(XMLStreamReader xml, Programme programme) {
      this.xml = xml;
      this.programme = programme;
    }

    void schedule() throws XMLStreamException {
      ScheduleEvent.Day day = ScheduleEvent.Day.UNKNOWN;
      String room = null;
      while (xml.hasNext()) {
        int event = next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "conference" -> conference();
            case "day" -> {
              day = day();
              room = null;
            }
            case "room" -> room = attribute("name");
            case "event" -> event(day, room);
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("room")) {
          room = null;
        }
      }
    }

    private int next() throws XMLStreamException {
      int event = xml.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > DEPTH_MAX) {
            throw malformed(xml.getLocation(), "more than " + DEPTH_MAX + " levels of elements");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw malformed(
                xml.getLocation(), "the entity “" + PlainText.quote(xml.getLocalName()) + "”");
        default -> refuseDoctype(xml);
      }
      return event;
    }

    private void conference() throws XMLStreamException {
      int outside = depth - 1;
      while (depth > outside) {
        if (next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        String place = "line " + xml.getLocation().getLineNumber();
        switch (xml.getLocalName()) {
          case "title" -> programme.title(content());
          case "time_zone_name" -> programme.zone(place + ", time_zone_name", content());
          case "base_url" -> programme.base(content());
          case "day_change" -> change = Stamp.timeOfDay(content());
          default -> {}
        }
      }
    }

    private ScheduleEvent.Day day() {
      return ScheduleEvent.Day.of(
          Stamp.iso(attribute("date")),
          Stamp.iso(attribute("start")),
          Stamp.iso(attribute("end")),
          change);
    }

    private void event(ScheduleEvent.Day day, @Nullable String room) throws XMLStreamException {
      String place = "line " + xml.getLocation().getLineNumber();
      Map<String, String> texts = new HashMap<>();
      List<String> persons = new ArrayList<>();
      put(texts, "guid", attribute("guid"));
      put(texts, "id", attribute("id"));
      put(texts, "code", attribute("code"));
      int outside = depth - 1;
      while (depth > outside) {
        if (next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        switch (xml.getLocalName()) {
          case "persons", "speakers" -> persons(persons);
          case "person", "speaker" -> persons.add(content());
          default -> put(texts, xml.getLocalName(), content());
        }
      }
      if (texts.getOrDefault("room", "").isBlank()) {
        put(texts, "room", room);
      }
      programme.add(
          ScheduleEvent.read(programme, place, new XmlFields(place, texts, persons), day));
    }

    private static void put(Map<String, String> texts, String name, @Nullable String text) {
      if (text != null && !text.isBlank()) {
        texts.putIfAbsent(name, text);
      }
    }

    private void persons(List<String> persons) throws XMLStreamException {
      int outside = depth - 1;
      while (depth > outside) {
        if (next() == XMLStreamConstants.START_ELEMENT) {
          String shown = attribute("public_name");
          String named = shown == null ? attribute("name") : shown;
          String text = content();
          persons.add(text.isBlank() && named != null ? named : text);
        }
      }
    }

    /** All text inside the current element, up to its end; elements inside part words. */
    private String content() throws XMLStreamException {
      StringBuilder text = new StringBuilder();
      int outside = depth - 1;
      while (depth > outside) {
        switch (next()) {
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          case XMLStreamConstants.START_ELEMENT -> text.append(text.isEmpty() ? "" : "\n");
          default -> {}
        }
      }
      return text.toString();
    }

    private @Nullable String attribute(String name) {
      for (int i = 0; i < xml.getAttributeCount(); i++) {
        if (xml.getAttributeLocalName(i).equals(name)) {
          return xml.getAttributeValue(i);
        }
      }
      return null;
    }
  }
}
