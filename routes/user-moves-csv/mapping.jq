# A row of a user who moved -> user (new account) and, out of the same row, unlink (old account).
#
# Accounts are added to a user, never replaced: without the unlink the user stands on both afterwards. The new one
# comes first, so that the user is never without an account.

# An empty column says nothing: null, which the sink leaves out.
def filled: if . == "" then null else . end;

{
  type: "user",
  userId: .user_id,
  accountId: .account_id,
  traits: { email: (.email | filled), name: (.name | filled) }
},
(
  select(.previous_account_id != "" and .previous_account_id != .account_id)
  | { type: "unlink", userId: .user_id, accountId: .previous_account_id }
)
