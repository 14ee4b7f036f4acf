# stderr: Nope.__struct__/1 is undefined, cannot expand struct Nope.
# exit: 1
%Nope{}
