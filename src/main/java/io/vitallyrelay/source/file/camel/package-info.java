/** The endpoint {@code records:} and the hooks of {@code file:} that the Kamelets for files use. */
package io.vitallyrelay.source.file.camel;
