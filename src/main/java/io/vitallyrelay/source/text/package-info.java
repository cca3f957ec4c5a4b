/** The text of records as every source and the sink read it: UTF-8, JSON by one rule, and arrays cut into their elements. */
package io.vitallyrelay.source.text;
