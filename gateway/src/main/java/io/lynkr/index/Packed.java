package io.lynkr.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.index.FileFacts.Use;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Uses of one name in one file, as the database keeps them: numbers of seven bits to a byte. */
final class Packed {
    private Packed() {}

    static byte[] pack(List<Use> uses) {
        var out = new ByteArrayOutputStream();
        int line = 0;
        for (var use : uses) {
            number(out, use.line() - line);
            line = use.line();
            number(out, use.column());
            number(out, use.within() + 1);
            var receiver = use.receiver().getBytes(UTF_8);
            number(out, receiver.length);
            out.writeBytes(receiver);
        }
        return out.toByteArray();
    }

    static List<Use> unpack(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var uses = new ArrayList<Use>();
        int line = 0;
        while (in.hasRemaining()) {
            line += number(in);
            int column = number(in);
            int within = number(in) - 1;
            var receiver = new byte[number(in)];
            in.get(receiver);
            uses.add(new Use(line, column, new String(receiver, UTF_8), within));
        }
        return uses;
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7F) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    private static int number(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
