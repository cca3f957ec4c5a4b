package io.vitallyrelay.sample;

import java.io.IOException;

/** The way of one kind of samples into their sources. One thread at a time. */
@FunctionalInterface
public interface Feed {

    /**
     * Gives all of the sample to the source of its integration.
     *
     * @throws IOException when the place where the source looks does not take it
     */
    Fed feed(Sample sample) throws IOException;
}
