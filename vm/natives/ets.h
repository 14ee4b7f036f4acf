void ets_owner_exits(struct vm *vm, term pid);
