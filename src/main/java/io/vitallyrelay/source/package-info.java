/** What the sources of records share, whatever they read: the record that a route works on, and the state of a source. */
package io.vitallyrelay.source;
