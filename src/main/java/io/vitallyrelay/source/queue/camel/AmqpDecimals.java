package io.vitallyrelay.source.queue.camel;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.qpid.proton.amqp.Decimal128;
import org.apache.qpid.proton.amqp.Decimal32;
import org.apache.qpid.proton.amqp.Decimal64;

/**
 * Reads the decimals of AMQP, which the client hands over as bits: IEEE 754-2008 in its binary integer encoding. All digits
 * are kept, so 1.250 stays 1.250.
 */
final class AmqpDecimals {
    private static final int WITH_TWO_BITS_MORE = 0b11;
    private static final int SPECIAL = 0b1111;

    private AmqpDecimals() {}

    /** Null where the bits are no number but an infinity or none at all (NaN). */
    static BigDecimal read(Decimal32 value) {
        return read(BigInteger.valueOf(value.getBits() & 0xFFFF_FFFFL), 32, 8, 101, 7);
    }

    /** Null where the bits are no number but an infinity or none at all (NaN). */
    static BigDecimal read(Decimal64 value) {
        return read(new BigInteger(Long.toUnsignedString(value.getBits())), 64, 10, 398, 16);
    }

    /** Null where the bits are no number but an infinity or none at all (NaN). */
    static BigDecimal read(Decimal128 value) {
        return read(new BigInteger(1, value.asBytes()), 128, 14, 6176, 34);
    }

    private static BigDecimal read(BigInteger bits, int width, int exponentBits, int bias, int digits) {
        int behindSign = width - 1;
        if (bits(bits, behindSign, 4) == SPECIAL) {
            return null;
        }
        boolean large = bits(bits, behindSign, 2) == WITH_TWO_BITS_MORE;
        int behindExponent = behindSign - exponentBits - (large ? 2 : 0);
        int exponent = bits(bits, behindExponent + exponentBits, exponentBits);
        BigInteger coefficient = bits.and(ones(behindExponent));
        if (large) {
            coefficient = coefficient.or(BigInteger.ONE.shiftLeft(behindExponent + 2));
        }
        if (coefficient.compareTo(BigInteger.TEN.pow(digits)) >= 0) {
            coefficient = BigInteger.ZERO; // what the standard says of more digits than there can be
        }
        return new BigDecimal(bits.testBit(behindSign) ? coefficient.negate() : coefficient, bias - exponent);
    }

    /** So many bits right below this one. */
    private static int bits(BigInteger bits, int below, int count) {
        return bits.shiftRight(below - count).and(ones(count)).intValue();
    }

    private static BigInteger ones(int count) {
        return BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE);
    }
}
