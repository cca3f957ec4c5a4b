/** The command {@code ./relay demo}: a service between a sandbox, a broker and a database, each a process that it starts. */
package io.vitallyrelay.demo;
