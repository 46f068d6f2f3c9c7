// What the start of a server needed, and its running does not.
#pragma once

namespace cardea::service {

// Once, after the start: unmaps what has been read of the program's and the libraries' files, which the kernel maps
// again page by page where it is needed, and gives the free pages of the heap back. Loading, linking, options and
// migrations read some 18 MiB of code; serving needs half of it.
//
// Pages that somebody has written to stay: relocated ones, a debugger's breakpoints, a tracer's probes. Nothing happens
// where /proc/self/smaps cannot be read (proc_pid_smaps(5)).
void give_back_start_memory() noexcept;

}  // namespace cardea::service
