# A row of subscriptions -> one instance of the custom object "Subscription".

# Put the id of your own custom object here. It stands in the address of its page in Vitally:
# Settings > Custom Objects > your object.
def subscription: "3f0c2b6e-5d0a-4c55-9a39-1f5f4f6f7a10";

# An empty column says nothing: null, which the sink leaves out.
def filled: if . == "" then null else . end;

def number($column):
  if . == "" then null
  else tonumber? // error("\($column): must be a number, got \"\(.)\"")
  end;

# drafts have no number yet
select(.subscription_no != "")
| {
    type: "customobjectinstance",
    customObjectId: subscription,
    externalId: .subscription_no,
    accountId: .account_id,
    name: (.title | filled),
    # the keys of custom fields, as Vitally shows them beside each field
    traits: {
      "vitally.custom.status": (.status | filled),
      "vitally.custom.monthlyAmount": (.monthly_amount | number("monthly_amount")),
      "vitally.custom.renewsOn": (.renews_on | filled)
    }
  }
