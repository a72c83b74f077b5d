# The user that Drafter is in the Request Tracker of its tests: it reads tickets, writes comments, and cannot answer a customer.
@Users = ({ Name => 'drafter', Password => 'helpdeskpass', EmailAddress => 'drafter@desk.example', Privileged => 1 });
@ACL = map { { UserId => 'drafter', Right => $_ } } ('SeeQueue', 'ShowTicket', 'ShowTicketComments', 'CommentOnTicket');
1;
