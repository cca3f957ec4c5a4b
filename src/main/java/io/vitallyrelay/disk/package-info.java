/** Files that hold customers' records: only their user may read them. */
package io.vitallyrelay.disk;
