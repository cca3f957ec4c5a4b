package io.vitallyrelay.source.queue.camel;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;

/**
 * A serialised Java object, of which no more is read than the name of its class. It is never made an object again: that would
 * run code that its sender chooses.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record JavaObject(byte[] bytes) {

    /** As {@code java.util.Date, 46 bytes}, or the bytes alone where they begin as no serialised object does. */
    String described() {
        String name = className();
        return (name == null ? "" : name + ", ") + bytes.length + " bytes";
    }

    private String className() {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readShort() != ObjectStreamConstants.STREAM_MAGIC
                    || in.readShort() != ObjectStreamConstants.STREAM_VERSION) {
                return null;
            }
            byte kind = in.readByte();
            if (kind == ObjectStreamConstants.TC_STRING || kind == ObjectStreamConstants.TC_LONGSTRING) {
                return String.class.getName();
            }
            boolean isNamed = kind == ObjectStreamConstants.TC_OBJECT
                    || kind == ObjectStreamConstants.TC_ARRAY
                    || kind == ObjectStreamConstants.TC_ENUM;
            return isNamed && in.readByte() == ObjectStreamConstants.TC_CLASSDESC ? printable(in.readUTF()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The sender chose it. */
    private static String printable(String name) {
        return name.length() <= 200 && name.chars().allMatch(c -> c > ' ' && c < 127) ? name : null;
    }
}
