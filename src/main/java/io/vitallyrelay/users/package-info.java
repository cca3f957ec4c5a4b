/** Who may use the HTTP interface: the file of users, their passwords, and how often somebody may be wrong. */
package io.vitallyrelay.users;
