# Three scrips for Request Tracker 5 that call Drafter when a ticket is created, answered or commented on.
# Put the address of the webhook and the secret (the part behind whsec_) in, then:
#   rt-setup-database --action insert --datafile request_tracker_scrip.pl
my $code = <<'CODE';
my ($address, $secret) = ('WEBHOOK_URL', 'WEBHOOK_SECRET');
my ($ticket, $transaction) = ($self->TicketObj, $self->TransactionObj);
require LWP::UserAgent; require Digest::SHA; require JSON; require MIME::Base64;
my $creator = $transaction->CreatorObj;
my $body = JSON->new->utf8->canonical->encode({
    ticket => {
        id => $ticket->id, queue => $ticket->QueueObj->Name,
        requestors => [ $ticket->Requestors->MemberEmailAddresses, $ticket->Cc->MemberEmailAddresses ],
    },
    transaction => {
        id => $transaction->id, type => $transaction->Type, created => $transaction->CreatedObj->ISO(Timezone => 'UTC') . 'Z',
        creator => $creator->Name, email => $creator->EmailAddress, content => $transaction->Content(Type => 'text/plain'),
    },
});
my ($id, $now) = (join('-', 'rt', $ticket->id, $transaction->id), time);
my $signature = MIME::Base64::encode_base64(Digest::SHA::hmac_sha256("$id.$now.$body", MIME::Base64::decode_base64($secret)), '');
my $answer = LWP::UserAgent->new(timeout => 3)->post($address,
    'Content-Type' => 'application/json', 'webhook-id' => $id, 'webhook-timestamp' => $now, 'webhook-signature' => "v1,$signature",
    Content => $body);
RT->Logger->warning('Drafter could not be called: ' . $answer->status_line) unless $answer->is_success;
return 1;
CODE
@Scrips = map { {
    Description => "Drafter $_", ScripCondition => $_, ScripAction => 'User Defined', Template => 'Blank', Stage => 'TransactionCreate',
    CustomPrepareCode => 'return 1;', CustomCommitCode => $code,
} } ('On Create', 'On Correspond', 'On Comment');
1;
