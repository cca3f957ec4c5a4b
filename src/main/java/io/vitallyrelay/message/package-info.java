/**
 * The contract of a Vitally message and the stamping that makes a candidate fulfil it. Knows no source, no store and no
 * framework but Jackson's tree.
 */
package io.vitallyrelay.message;
